import type { KeyAction } from '../default-keys.ts'

export type PaletteItem = {
  readonly id: string
  /** Where it belongs: a page, a view, a task … */
  readonly kind: string
  readonly label: string
  /** Why it cannot be done now: it is found all the same, and says so. */
  readonly unavailable?: string | null
  /** The key of its own that does the same. */
  readonly action?: KeyAction
  /** It takes what is typed as it is: offered whatever that is, below everything that has these words. */
  readonly isSearch?: boolean
  readonly run: () => void
}

/** More of them nobody reads: another letter finds what is meant. */
export const itemsShownMax = 12

/** What has every typed word in its name or kind, in any order; what begins with the first word stands first, what cannot be done now last, and what searches for it below all. */
export const paletteMatches = (
  items: readonly PaletteItem[],
  typed: string,
): readonly PaletteItem[] => {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const [first] = words
  const searches = items.filter(({ isSearch }) => isSearch)
  const found = items.filter(({ kind, label, isSearch }) => {
    const text = `${kind} ${label}`.toLowerCase()
    return !isSearch && words.every((word) => text.includes(word))
  })
  // What cannot be done now is found, but stands in nobody's way.
  const rank = ({ label, unavailable = null }: PaletteItem) =>
    (first !== undefined && label.toLowerCase().startsWith(first) ? 0 : 1) +
    (unavailable === null ? 0 : 2)
  return [
    ...found
      .toSorted((one, other) => rank(one) - rank(other))
      .slice(0, itemsShownMax - searches.length),
    ...searches,
  ]
}
