import type { StepStatus } from '@maestro/contracts/task/task-status'
import { stepStatusLook } from '../ui/status-look.ts'
import { edgePath } from './edge-path.ts'
import { cardHeight, cardWidth, type Layout, linkKey } from './layout.ts'
import { isOff } from './is-off.ts'
import { statusGlyphs } from './status-glyphs.ts'
import type { Graph, GraphNode } from './to-graph.ts'

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
/** A colour of the theme by its name. */
export type ColourOf = (token: string) => string

/** From here on a title can still be read. */
const titleZoomMin = 0.34
const dimmed = 0.35
const lineMinPx = 1.25
const charactersPerLine = 13

const glyphs = new Map<StepStatus, Path2D>()
const glyphOf = (status: StepStatus): Path2D => {
  const known = glyphs.get(status) ?? new Path2D(statusGlyphs[status])
  glyphs.set(status, known)
  return known
}

/** Its border tells the status as that of a card does: dashed, dotted, double, thick. */
const borders: Partial<Record<StepStatus, { width: number; dash?: readonly number[] }>> = {
  'not-ready': { width: 2, dash: [8, 8] },
  skipped: { width: 2, dash: [8, 8] },
  queued: { width: 4, dash: [4, 6] },
  running: { width: 5 },
  retrying: { width: 5 },
  'needs-you': { width: 8 },
  failed: { width: 8 },
}

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
  context.lineWidth = Math.max(1.5, 1 / zoom)
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
    context.strokeStyle = colourOf(isBusy ? 'running' : 'line-strong')
    context.setLineDash(isOff(status) || isOff(statusOf.get(link.from)) ? [3, 7] : [])
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

const drawNode = (
  context: CanvasRenderingContext2D,
  { node, isSelected, zoom }: { node: GraphNode; isSelected: boolean; zoom: number },
  colourOf: ColourOf,
) => {
  const { status, title } = node
  const tone = colourOf(stepStatusLook[status].token)
  const { width, dash = [] } = borders[status] ?? { width: 3 }
  context.beginPath()
  context.roundRect(0, 0, cardWidth, cardHeight, 10)
  context.fillStyle = colourOf(status === 'running' || status === 'retrying' ? 'accent-soft' : 'bg')
  context.fill()
  // However far away, a border is at least a line that can be seen.
  const grown = Math.max(1, lineMinPx / (width * zoom))
  context.lineWidth = width * grown
  context.strokeStyle = tone
  context.setLineDash(dash.map((length) => length * grown))
  context.stroke()
  context.setLineDash([])
  if (status === 'paused' || status === 'reused') {
    // A second line within: as a double border.
    context.lineWidth = 2
    context.strokeRect(7, 7, cardWidth - 14, cardHeight - 14)
  }
  if (isSelected) {
    context.lineWidth = 4 / zoom
    context.strokeStyle = colourOf('accent')
    context.strokeRect(-6 / zoom, -6 / zoom, cardWidth + 12 / zoom, cardHeight + 12 / zoom)
  }
  const hasTitle = zoom >= titleZoomMin
  const side = hasTitle ? 40 : 64
  context.save()
  context.translate(hasTitle ? 14 : (cardWidth - side) / 2, (cardHeight - side) / 2)
  context.scale(side / 24, side / 24)
  context.strokeStyle = tone
  context.lineWidth = 2.25
  context.lineCap = 'round'
  context.stroke(glyphOf(status))
  context.restore()
  if (!hasTitle) return
  context.save()
  context.beginPath()
  context.rect(62, 0, cardWidth - 70, cardHeight)
  context.clip()
  context.fillStyle = colourOf('text')
  context.font = `600 20px ${colourOf('font')}`
  context.textBaseline = 'middle'
  const lines = titleLines(title)
  for (const [index, line] of lines.entries())
    context.fillText(line, 64, cardHeight / 2 + (index - (lines.length - 1) / 2) * 24)
  context.restore()
}

/** A title on at most two lines; what does not fit is told by the card nearby. */
const titleLines = (title: string): readonly string[] => {
  if (title.length <= charactersPerLine) return [title]
  const space = title.lastIndexOf(' ', charactersPerLine)
  const first = title.slice(0, space > 0 ? space : charactersPerLine)
  const rest = title.slice(first.length).trim()
  const isCut = rest.length > charactersPerLine
  return [first, isCut ? `${rest.slice(0, charactersPerLine - 1).trim()}…` : rest]
}
