import { cardHeight, cardWidth } from '../column-places.ts'
import { type Layout, linkKey } from '../layout.ts'

type Stretch = { readonly from: number; readonly to: number }

/** How often lines cross between the columns of a picture: what makes it hard to follow. */
export const crossingsOf = ({ outline, points, ways }: Layout): number => {
  const gaps = new Map<number, Stretch[]>()
  for (const link of outline.links) {
    const [from, to] = [points.get(link.from), points.get(link.to)]
    if (from === undefined || to === undefined || to.x <= from.x) continue
    const line = [
      { x: from.x, y: from.y + cardHeight / 2 },
      ...(ways.get(linkKey(link)) ?? []).map(({ x, y }) => ({ x: x - cardWidth / 2, y })),
      { x: to.x, y: to.y + cardHeight / 2 },
    ]
    line.slice(1).forEach((end, index) => {
      const start = line[index] ?? end
      const gap = gaps.get(start.x) ?? []
      gap.push({ from: start.y, to: end.y })
      gaps.set(start.x, gap)
    })
  }
  return [...gaps.values()].reduce((sum, gap) => sum + crossingsIn(gap), 0)
}

const crossingsIn = (gap: readonly Stretch[]): number => {
  let count = 0
  gap.forEach((one, index) => {
    for (const other of gap.slice(index + 1))
      if ((one.from - other.from) * (one.to - other.to) < 0) count += 1
  })
  return count
}
