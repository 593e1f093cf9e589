/** The width and height of every card. */
export const cardWidth = 220
export const cardHeight = 96
export const columnGap = 60
/** Where the condition of a step stands before its card. */
const labelWidth = 110

/** The left of each column; before one that holds a labelled step there is room for its label. */
export const columnPlaces = (
  columnOf: ReadonlyMap<string, number>,
  labelled: ReadonlySet<string>,
): ((column: number) => number) => {
  const withLabel = new Set([...labelled].map((id) => columnOf.get(id)))
  const lefts: number[] = []
  return (column) => {
    for (let next = lefts.length; next <= column; next += 1) {
      const before = lefts[next - 1]
      const room = columnGap + (withLabel.has(next) ? labelWidth : 0)
      lefts.push(before === undefined ? 0 : before + cardWidth + room)
    }
    return lefts[column] ?? 0
  }
}
