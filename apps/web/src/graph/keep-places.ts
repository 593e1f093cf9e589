import { cardHeight, cardWidth, columnGap } from './column-places.ts'
import { type Layout, linkKey, type Point } from './layout.ts'

const rowGap = 24

/**
 * The new layout without moving a card: whoever has moved the picture finds everything where it was. What is
 * new stands right of what it follows, as near to it as there is room.
 */
export const keepPlaces = (kept: Layout, fresh: Layout): Layout => {
  const points = new Map<string, Point>()
  for (const id of fresh.points.keys()) {
    const place = kept.points.get(id)
    if (place !== undefined) points.set(id, place)
  }
  const { links } = fresh.outline
  for (const [id, wanted] of fresh.points) {
    if (points.has(id)) continue
    const before = links.flatMap(({ from, to }) =>
      to === id && points.has(from) ? [points.get(from) ?? wanted] : [],
    )
    const at =
      before.length === 0
        ? wanted
        : {
            x: Math.max(...before.map(({ x }) => x)) + cardWidth + columnGap,
            y: before.reduce((sum, { y }) => sum + y, 0) / before.length,
          }
    points.set(id, freeFrom(at, [...points.values()]))
  }
  const ways = new Map(
    links.flatMap((link) => {
      const way = kept.ways.get(linkKey(link))
      return way === undefined ? [] : [[linkKey(link), way] as const]
    }),
  )
  return { outline: fresh.outline, points, ways }
}

/** The first place at this height or below it where a card covers no other one. */
const freeFrom = (wanted: Point, taken: readonly Point[]): Point => {
  const near = taken
    .filter(({ x }) => Math.abs(x - wanted.x) < cardWidth)
    .toSorted((one, other) => one.y - other.y)
  let { y } = wanted
  for (const other of near)
    if (Math.abs(other.y - y) < cardHeight + rowGap) y = other.y + cardHeight + rowGap
  return { x: wanted.x, y }
}
