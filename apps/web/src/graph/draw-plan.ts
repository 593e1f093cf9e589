import { changeLook } from './change-look.ts'
import type { ColourOf } from './colour-of.ts'
import { cardHeight, cardWidth } from './column-places.ts'
import { drawNode } from './draw-node.ts'
import { edgePath } from './edge-path.ts'
import { type EdgeShape, edgeShape } from './edge-shape.ts'
import { isBusy } from './is-busy.ts'
import { isOff } from './is-off.ts'
import type { Layout } from './layout.ts'
import { cardBox, isInSight, sightOf } from './sight.ts'
import type { Graph, GraphEdge } from './to-graph.ts'

export type Scene = {
  readonly graph: Graph
  readonly layout: Layout
  readonly selected: string | null
  /** A step with all before and after it; the rest is dimmed. */
  readonly lineage: ReadonlySet<string> | null
}
export type View = {
  readonly x: number
  readonly y: number
  readonly zoom: number
  readonly width: number
  readonly height: number
}

const dimmed = 0.4

/** Draws the plan as it is seen from afar: no text that nobody could read, only what is in sight. */
export const drawPlan = (
  context: CanvasRenderingContext2D,
  { graph, layout, selected, lineage }: Scene,
  view: View,
  colourOf: ColourOf,
) => {
  const { x, y, zoom, width, height } = view
  const sight = sightOf(view, view)
  context.save()
  context.clearRect(0, 0, width, height)
  context.translate(x, y)
  context.scale(zoom, zoom)
  const statusOf = new Map(graph.nodes.map(({ stepId, status }) => [stepId, status]))
  for (const link of graph.edges) {
    const shape = edgeShape(layout, link)
    if (shape === null || !isInSight(shape, sight)) continue
    const isDimmed = lineage !== null && !(lineage.has(link.from) && lineage.has(link.to))
    const status = statusOf.get(link.to)
    context.globalAlpha = isDimmed ? dimmed : 1
    const isThick = link.isCritical === true || link.change !== undefined
    context.lineWidth = isThick ? Math.max(3, 2.5 / zoom) : Math.max(1.5, 1 / zoom)
    context.strokeStyle = colourOf(inkOf(link, isBusy(status)))
    context.setLineDash(dashOf(link, isOff(status) || isOff(statusOf.get(link.from))))
    context.stroke(lineOf(shape))
  }
  context.setLineDash([])
  for (const node of graph.nodes) {
    const at = layout.points.get(node.stepId)
    if (at === undefined || !isInSight(cardBox(at), sight)) continue
    context.save()
    context.translate(at.x, at.y)
    context.globalAlpha = 1
    if (lineage?.has(node.stepId) === false) {
      // Nothing shines through a card that is dimmed.
      context.fillStyle = colourOf('bg')
      context.fillRect(0, 0, cardWidth, cardHeight)
      context.globalAlpha = dimmed
    }
    drawNode(context, { node, isSelected: node.stepId === selected, zoom }, colourOf)
    context.restore()
  }
  context.restore()
}

const lines = new WeakMap<EdgeShape, Path2D>()
/** To read a path costs more than to draw it: each is read once. */
const lineOf = (shape: EdgeShape): Path2D => {
  const known = lines.get(shape) ?? new Path2D(edgePath(shape.from, shape.way, shape.to))
  lines.set(shape, known)
  return known
}

const inkOf = ({ change, isCritical }: GraphEdge, isIntoBusy: boolean): string => {
  if (change !== undefined) return changeLook[change].token
  if (isIntoBusy) return 'running'
  return isCritical === true ? 'text-2' : 'line-strong'
}

const dashOf = ({ change, isConditional }: GraphEdge, isLeftOut: boolean): number[] => {
  if (isLeftOut || change === 'removed') return [3, 7]
  return isConditional === true ? [14, 9] : []
}
