/** Tells when an element has another size, first at once, or the page another theme; what it returns ends it. */
export const watchLook = (element: Element, onChange: () => void): (() => void) => {
  const size = new ResizeObserver(onChange)
  size.observe(element)
  const theme = new MutationObserver(onChange)
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => {
    size.disconnect()
    theme.disconnect()
  }
}
