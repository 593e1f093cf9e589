import { changeLook } from './change-look.ts'
import type { ColourOf } from './colour-of.ts'
import { cardHeight, cardWidth } from './column-places.ts'
import { drawNode } from './draw-node.ts'
import { edgePath } from './edge-path.ts'
import { isOff } from './is-off.ts'
import { type Layout, linkKey } from './layout.ts'
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
  const sight = {
    left: -x / zoom - cardWidth,
    right: (width - x) / zoom,
    top: -y / zoom - cardHeight,
    bottom: (height - y) / zoom,
  }
  context.save()
  context.clearRect(0, 0, width, height)
  context.translate(x, y)
  context.scale(zoom, zoom)
  const statusOf = new Map(graph.nodes.map(({ stepId, status }) => [stepId, status]))
  for (const link of graph.edges) {
    const from = layout.points.get(link.from)
    const to = layout.points.get(link.to)
    if (!from || !to) continue
    // Left to right: what ends left of the sight, or begins right of it, is not in it.
    if (to.x < sight.left || from.x > sight.right) continue
    const isDimmed = lineage !== null && !(lineage.has(link.from) && lineage.has(link.to))
    const status = statusOf.get(link.to)
    const isBusy = status === 'running' || status === 'retrying'
    context.globalAlpha = isDimmed ? dimmed : 1
    const isThick = link.isCritical === true || link.change !== undefined
    context.lineWidth = isThick ? Math.max(3, 2.5 / zoom) : Math.max(1.5, 1 / zoom)
    context.strokeStyle = colourOf(inkOf(link, isBusy))
    context.setLineDash(dashOf(link, isOff(status) || isOff(statusOf.get(link.from))))
    const start = { x: from.x + cardWidth, y: from.y + cardHeight / 2 }
    const end = { x: to.x, y: to.y + cardHeight / 2 }
    context.stroke(new Path2D(edgePath(start, layout.ways.get(linkKey(link)) ?? [], end)))
  }
  context.setLineDash([])
  for (const node of graph.nodes) {
    const at = layout.points.get(node.stepId)
    if (!at || at.x < sight.left || at.x > sight.right) continue
    if (at.y < sight.top || at.y > sight.bottom) continue
    context.globalAlpha = lineage?.has(node.stepId) === false ? dimmed : 1
    context.save()
    context.translate(at.x, at.y)
    drawNode(context, { node, isSelected: node.stepId === selected, zoom }, colourOf)
    context.restore()
  }
  context.restore()
}

const inkOf = ({ change, isCritical }: GraphEdge, isBusy: boolean): string => {
  if (change !== undefined) return changeLook[change].token
  if (isBusy) return 'running'
  return isCritical === true ? 'text-2' : 'line-strong'
}

const dashOf = ({ change, isConditional }: GraphEdge, isLeftOut: boolean): number[] => {
  if (isLeftOut || change === 'removed') return [3, 7]
  return isConditional === true ? [14, 9] : []
}
