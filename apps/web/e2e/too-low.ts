import type { Page } from 'playwright-core'

/** A finger needs as much. */
const heightMin = 44

/** What one touches on a page and is lower than a finger: buttons, and links that stand alone. A link within a sentence is as high as its line. */
export const tooLow = (page: Page): Promise<string[]> =>
  page.evaluate((min) => {
    const isWithinSentence = (link: Element) =>
      [...(link.parentElement?.childNodes ?? [])].some(
        (node) => node.nodeType === Node.TEXT_NODE && /\w/.test(node.nodeValue ?? ''),
      )
    /** What covers its row is as high as that. */
    const heightOf = (element: Element) => {
      const cover = getComputedStyle(element, '::after')
      const isCover = cover.content !== 'none' && cover.position === 'absolute'
      return Math.max(
        element.getBoundingClientRect().height,
        isCover ? parseFloat(cover.height) : 0,
      )
    }
    return (
      [...document.querySelectorAll('main button, main a[href]')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true }))
        .filter((element) => element.matches('button') || !isWithinSentence(element))
        // What is only for readers of the screen is a pixel high until it has the focus.
        .filter((element) => element.getBoundingClientRect().height > 1)
        .flatMap((element) => {
          const height = Math.round(heightOf(element))
          const name = element.getAttribute('aria-label') ?? element.textContent
          return height < min ? [`${name}: ${height} px`] : []
        })
    )
  }, heightMin)
