/** To the question after the one that has the focus, around to the first. */
export const focusNextApproval = () => {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-approval]')]
  const here = cards.findIndex((card) => card.contains(document.activeElement))
  cards[(here + 1) % cards.length]?.focus()
}
