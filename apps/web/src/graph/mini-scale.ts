import { cardHeight, cardWidth } from './column-places.ts'
import type { Point } from './layout.ts'

const marginPx = 6

type Size = { readonly width: number; readonly height: number }

/** How the whole plan fits into so little: its scale, and where its origin is then. */
export const miniScale = (
  points: readonly Point[],
  { width, height }: Size,
): { scale: number; left: number; top: number } => {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    minX = Math.min(minX, x)
    minY = Math.min(minY, y)
    maxX = Math.max(maxX, x + cardWidth)
    maxY = Math.max(maxY, y + cardHeight)
  }
  if (points.length === 0) return { scale: 1, left: 0, top: 0 }
  const scale = Math.min(
    (width - 2 * marginPx) / (maxX - minX),
    (height - 2 * marginPx) / (maxY - minY),
  )
  return {
    scale,
    left: (width - (maxX - minX) * scale) / 2 - minX * scale,
    top: (height - (maxY - minY) * scale) / 2 - minY * scale,
  }
}
