import { cardHeight, cardWidth, columnGap } from './column-places.ts'
import type { Layout, Link, Point } from './layout.ts'

const rowGap = 24

/**
 * Finds places for cards that the layout does not have, each right of what it follows and below everything:
 * steps of versions that were given up, parts of a run that was begun anew. Nothing that has a place moves,
 * and what comes later moves none of these.
 */
export const placeStrays = (
  layout: Layout,
  ids: readonly string[],
  links: readonly Link[],
): Layout => {
  const strays = ids.filter((id) => !layout.points.has(id))
  if (strays.length === 0) return layout
  const points = new Map(layout.points)
  const bottom = Math.max(0, ...[...points.values()].map(({ y }) => y + cardHeight + 2 * rowGap))
  const lowest = new Map<number, number>()
  for (const id of strays) {
    const before = links.flatMap(({ from, to }): readonly Point[] => {
      const point = to === id ? points.get(from) : undefined
      return point === undefined ? [] : [point]
    })
    const x = before.length === 0 ? 0 : Math.max(...before.map((point) => nextColumn(point)))
    const beside = [...lowest].flatMap(([other, low]) =>
      Math.abs(other - x) < cardWidth ? [low] : [],
    )
    const y = Math.max(bottom, ...beside)
    lowest.set(x, y + cardHeight + rowGap)
    points.set(id, { x, y })
  }
  return { ...layout, points }
}

const nextColumn = ({ x }: Point) => x + cardWidth + columnGap
