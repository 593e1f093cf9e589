import type { ColourOf } from './colour-of.ts'
import { cardHeight, cardWidth } from './column-places.ts'
import { drawNode } from './draw-node.ts'
import { edgeLook, isEdgeDimmed } from './edge-look.ts'
import { edgePath } from './edge-path.ts'
import { type EdgeShape, edgeShape } from './edge-shape.ts'
import type { Layout } from './layout.ts'
import { cardBox, isInSight, sightOf } from './sight.ts'
import type { Graph } from './to-graph.ts'

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
/** From further away lines are as wide, and as dashed, as they are from here: thinner ones could not be seen. */
const thinnestZoom = 2 / 3

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
  const grown = Math.max(1, thinnestZoom / zoom)
  const statusOf = new Map(graph.nodes.map(({ stepId, status }) => [stepId, status]))
  for (const link of graph.edges) {
    const shape = edgeShape(layout, link)
    if (shape === null || !isInSight(shape, sight)) continue
    const ends = { from: statusOf.get(link.from), to: statusOf.get(link.to) }
    const { ink, width: lineWidth, dash } = edgeLook(link, ends)
    context.globalAlpha = isEdgeDimmed(link, lineage) ? dimmed : 1
    context.lineWidth = lineWidth * grown
    context.strokeStyle = colourOf(ink)
    context.setLineDash(dash.map((length) => length * grown))
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
