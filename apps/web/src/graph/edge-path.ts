import { cardWidth } from './column-places.ts'
import type { Point } from './layout.ts'

const curve = (from: Point, to: Point): string => {
  const bend = Math.max(20, (to.x - from.x) / 2)
  return `C${from.x + bend},${from.y} ${to.x - bend},${to.y} ${to.x},${to.y}`
}

/** An SVG path from card to card; straight through each column whose lane it passes. */
export const edgePath = (from: Point, way: readonly Point[], to: Point): string => {
  const parts = [`M${from.x},${from.y}`]
  let last = from
  for (const { x, y } of way) {
    parts.push(curve(last, { x: x - cardWidth / 2, y }))
    last = { x: x + cardWidth / 2, y }
    parts.push(`L${last.x},${last.y}`)
  }
  return [...parts, curve(last, to)].join('')
}
