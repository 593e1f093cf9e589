import { cardHeight, cardWidth } from './column-places.ts'
import { type Layout, type Link, linkKey, type Point } from './layout.ts'
import type { Sight } from './sight.ts'

/** How an edge runs, from the right of one card to the left of another, and the box around it. */
export type EdgeShape = Sight & {
  readonly from: Point
  readonly to: Point
  readonly way: readonly Point[]
}

const noWay: readonly Point[] = []
const known = new WeakMap<Layout, Map<string, EdgeShape | null>>()

/** Null where an end has no place. A layout never changes, so each is made once. */
export const edgeShape = (layout: Layout, link: Link): EdgeShape | null => {
  const shapes = known.get(layout) ?? new Map<string, EdgeShape | null>()
  known.set(layout, shapes)
  const key = linkKey(link)
  const found = shapes.get(key)
  if (found !== undefined) return found
  const shape = shapeIn(layout, link)
  shapes.set(key, shape)
  return shape
}

const shapeIn = ({ points, ways }: Layout, link: Link): EdgeShape | null => {
  const start = points.get(link.from)
  const end = points.get(link.to)
  if (start === undefined || end === undefined) return null
  const from = { x: start.x + cardWidth, y: start.y + cardHeight / 2 }
  const to = { x: end.x, y: end.y + cardHeight / 2 }
  const way = ways.get(linkKey(link)) ?? noWay
  const heights = [from.y, to.y, ...way.map(({ y }) => y)]
  return {
    from,
    to,
    way,
    left: Math.min(from.x, to.x),
    right: Math.max(from.x, to.x),
    top: Math.min(...heights),
    bottom: Math.max(...heights),
  }
}
