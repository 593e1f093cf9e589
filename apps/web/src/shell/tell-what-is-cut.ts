/** As `truncate` and `line-clamp-2` name what may be cut off. */
const cutting = '.truncate, [class*="line-clamp"]'

/** What has no room tells itself whole to whoever points at it; while it fits, it says nothing twice. */
export const tellWhatIsCut = (): void => {
  let told: HTMLElement | null = null
  document.addEventListener('pointerover', ({ target, pointerType }) => {
    if (!(target instanceof Element)) return
    const cut = target.closest<HTMLElement>(cutting)
    if (cut === told) return
    told?.removeAttribute('title')
    told = null
    // Only a mouse is shown titles; what has one, of its own or around it, tells more than its text.
    if (pointerType !== 'mouse' || cut === null || cut.closest('[title]') !== null) return
    const isCut = cut.scrollWidth > cut.clientWidth || cut.scrollHeight > cut.clientHeight + 1
    if (!isCut) return
    cut.title = cut.innerText
    told = cut
  })
}
