import { cardHeight, cardWidth, columnGap, columnPlaces } from '../column-places.ts'
import { type Layout, linkKey, type Outline, type Point } from '../layout.ts'

type ElkPoint = { readonly x: number; readonly y: number }
type ElkSection = {
  readonly startPoint: ElkPoint
  readonly endPoint: ElkPoint
  readonly bendPoints?: readonly ElkPoint[] | undefined
}
/** As much of a graph that ELK laid out as is read. */
export type ElkAnswer = {
  readonly children?: readonly { readonly id: string; readonly x?: number; readonly y?: number }[]
  readonly edges?: readonly { readonly id: string; readonly sections?: readonly ElkSection[] }[]
}

const layoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  // Columns of the whole plan, also where it falls into parts.
  'elk.separateConnectedComponents': 'false',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.thoroughness': '10',
  'elk.layered.spacing.nodeNodeBetweenLayers': String(columnGap),
  'elk.spacing.nodeNode': '24',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '12',
}

const linksOf = ({ ids, links }: Outline) => {
  const known = new Set(ids)
  return links.filter(({ from, to }) => known.has(from) && known.has(to) && from !== to)
}

/** A plan in ELK's words. */
export const toElk = (outline: Outline) => ({
  id: 'plan',
  layoutOptions,
  children: outline.ids.map((id) => ({ id, width: cardWidth, height: cardHeight })),
  edges: linksOf(outline).map((link, index) => ({
    id: String(index),
    sources: [link.from],
    targets: [link.to],
  })),
})

/** ELK's columns and heights in ours: the gaps between columns stay those of every plan. Null where a card has no place. */
export const fromElk = (
  outline: Outline,
  { children = [], edges = [] }: ElkAnswer,
): Layout | null => {
  const places = new Map(
    children.flatMap(({ id, x, y }) =>
      x === undefined || y === undefined ? [] : [[id, { x, y }] as const],
    ),
  )
  if (outline.ids.some((id) => !places.has(id))) return null
  const lefts = [...new Set([...places.values()].map(({ x }) => x))].toSorted((a, b) => a - b)
  const columnOf = new Map([...places].map(([id, { x }]) => [id, lefts.indexOf(x)]))
  const left = columnPlaces(columnOf, outline.labelled)
  const top = Math.min(0, ...[...places.values()].map(({ y }) => y))
  const ways = new Map<string, readonly Point[]>()
  const sectionsOf = new Map(edges.map(({ id, sections = [] }) => [id, sections]))
  linksOf(outline).forEach((link, index) => {
    const [from, to] = [columnOf.get(link.from) ?? 0, columnOf.get(link.to) ?? 0]
    const line = (sectionsOf.get(String(index)) ?? []).flatMap(
      ({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint],
    )
    if (to - from < 2 || line.length === 0) return
    ways.set(
      linkKey(link),
      lefts.slice(from + 1, to).map((x, passed) => ({
        x: left(from + 1 + passed) + cardWidth / 2,
        y: Math.round(heightAt(line, x + cardWidth / 2) - top),
      })),
    )
  })
  return {
    outline,
    points: new Map(
      [...places].map(([id, { y }]) => [
        id,
        { x: left(columnOf.get(id) ?? 0), y: Math.round(y - top) },
      ]),
    ),
    ways,
  }
}

/** Where a line from left to right is at this place. */
const heightAt = (line: readonly ElkPoint[], x: number): number => {
  for (const [index, end] of line.entries()) {
    const start = line[index - 1]
    if (start === undefined || x < start.x || x > end.x) continue
    if (end.x === start.x) return end.y
    return start.y + ((end.y - start.y) * (x - start.x)) / (end.x - start.x)
  }
  return line.at(-1)?.y ?? 0
}
