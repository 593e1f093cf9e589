import { cardHeight, cardWidth } from './column-places.ts'
import type { Point } from './layout.ts'
import type { Graph } from './to-graph.ts'

/** Below this a card can no longer be read. */
export const readableZoom = 0.72
const zoomMax = 1
const marginPx = 28

type Size = { readonly width: number; readonly height: number }
type Options = {
  /** Down to which zoom the whole is better than a part. */
  readonly zoomMin?: number
  /** Where not all is seen, something lies over so much of the foot: it covers nothing that the plan ends with. */
  readonly footPx?: number
}
export type Viewport = { readonly x: number; readonly y: number; readonly zoom: number }

/** The whole plan where it stays readable; else the part around what matters now. */
export const framePlan = (
  points: readonly Point[],
  focus: Point | null,
  size: Size,
  { zoomMin = readableZoom, footPx = marginPx }: Options = {},
): Viewport => {
  const left = Math.min(...points.map(({ x }) => x))
  const top = Math.min(...points.map(({ y }) => y))
  const width = Math.max(...points.map(({ x }) => x)) + cardWidth - left
  const height = Math.max(...points.map(({ y }) => y)) + cardHeight - top
  const fits = Math.min(
    (size.width - 2 * marginPx) / width,
    (size.height - 2 * marginPx) / height,
    zoomMax,
  )
  const zoom = Math.max(fits, zoomMin)
  const foot = fits < zoomMin ? footPx : marginPx
  const at = focus ?? { x: left, y: top }
  return {
    zoom,
    x: place(width * zoom, (at.x - left) * zoom, cardWidth * zoom, size.width) - left * zoom,
    y: place(height * zoom, (at.y - top) * zoom, cardHeight * zoom, size.height, foot) - top * zoom,
  }
}

/** One axis: centred when it fits, else with the focus in the middle and no empty margin. */
const place = (
  length: number,
  focus: number,
  card: number,
  room: number,
  end = marginPx,
): number => {
  if (length + marginPx + end <= room) return Math.min((room - length) / 2, room - end - length)
  const centred = room / 2 - focus - card / 2
  return Math.min(marginPx, Math.max(room - end - length, centred))
}

/** What to look at: the selected card, else the first that changed, else the first that runs or asks, else the first that failed, else the first that is not done. */
export const focusOf = (
  { nodes }: Graph,
  points: ReadonlyMap<string, Point>,
  selected: string | null,
): Point | null => {
  const changed = nodes.find(({ change }) => change !== undefined)
  const active = nodes.find(({ status }) => ['running', 'retrying', 'needs-you'].includes(status))
  // A failure that the task went on without is not what goes on.
  const failed = nodes.find(({ status }) => status === 'failed')
  const open = nodes.find(({ status }) => !['done', 'reused', 'skipped'].includes(status))
  const id =
    selected ??
    changed?.stepId ??
    active?.stepId ??
    failed?.stepId ??
    open?.stepId ??
    nodes[0]?.stepId
  return id === undefined ? null : (points.get(id) ?? null)
}
