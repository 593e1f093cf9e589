/** Moves the focus to the next or previous row of the page's list; the first one to begin with. */
export const moveRowFocus = (direction: 1 | -1) => {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')]
  const now = rows.findIndex((row) => row === document.activeElement)
  const next = now < 0 ? 0 : Math.max(0, Math.min(rows.length - 1, now + direction))
  rows[next]?.focus()
  rows[next]?.scrollIntoView({ block: 'nearest' })
}
