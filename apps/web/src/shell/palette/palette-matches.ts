export type PaletteItem = {
  readonly id: string
  /** Where it belongs: a page, a view, a task … */
  readonly kind: string
  readonly label: string
  readonly run: () => void
}

/** More of them nobody reads: another letter finds what is meant. */
export const itemsShownMax = 12

/** What has every typed word in its name or kind, in any order; what begins with the first word stands first. */
export const paletteMatches = (
  items: readonly PaletteItem[],
  typed: string,
): readonly PaletteItem[] => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const [first] = words
  const found = items.filter(({ kind, label }) => {
    const text = `${kind} ${label}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const rank = ({ label }: PaletteItem) =>
    first !== undefined && label.toLowerCase().startsWith(first) ? 0 : 1
  return found.toSorted((one, other) => rank(one) - rank(other)).slice(0, itemsShownMax)
}
