import type { StepStatus } from '@maestro/contracts/task/task-status'
import { stepStatusLook } from '../ui/status-look.ts'
import { changeLook } from './change-look.ts'
import { cardHeight, cardWidth } from './column-places.ts'
import { conditionWords } from './condition-words.ts'
import type { ColourOf } from './colour-of.ts'
import { isBusy } from './is-busy.ts'
import { statusGlyphs } from './status-glyphs.ts'
import type { Change, GraphNode } from './to-graph.ts'

/** From here on a title can still be read. */
const titleZoomMin = 0.34
const lineMinPx = 1.25
const charactersPerLine = 13
/** The room before a card that has a condition. */
const conditionWidthMax = 150

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
  'cut-off': { width: 2, dash: [8, 8] },
  queued: { width: 4, dash: [4, 6] },
  running: { width: 5 },
  retrying: { width: 5 },
  'needs-you': { width: 8 },
  failed: { width: 8 },
}

const changeGlyphs: Record<Change, string> = {
  added: 'M12 3v18M3 12h18',
  removed: 'M3 12h18',
  changed: 'M3 15q4.5-9 9-3t9-3',
}

/** Of a plan that is compared with another one. */
const changeBorders: Record<Change, { width: number; dash?: readonly number[] }> = {
  added: { width: 8 },
  removed: { width: 6, dash: [8, 8] },
  changed: { width: 5 },
}

type Drawn = { node: GraphNode; isSelected: boolean; zoom: number }

/** One card from afar, at the origin: its border, its sign, its title where that can be read. */
export const drawNode = (
  context: CanvasRenderingContext2D,
  { node, isSelected, zoom }: Drawn,
  colourOf: ColourOf,
) => {
  const { status, title, change, section, condition } = node
  const tone = colourOf((change === undefined ? stepStatusLook[status] : changeLook[change]).token)
  const { width, dash = [] } = (change === undefined ? borders[status] : changeBorders[change]) ?? {
    width: 3,
  }
  if (section !== undefined) drawStack(context, colourOf)
  context.beginPath()
  context.roundRect(0, 0, cardWidth, cardHeight, 10)
  context.fillStyle = colourOf(isBusy(status) ? 'accent-soft' : 'bg')
  context.fill()
  // However far away, a border is at least a line that can be seen.
  const grown = Math.max(1, lineMinPx / (width * zoom))
  context.lineWidth = width * grown
  context.strokeStyle = tone
  context.setLineDash(dash.map((length) => length * grown))
  context.stroke()
  context.setLineDash([])
  if (status === 'paused' || status === 'reused' || change === 'changed') {
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
  if (condition !== undefined) drawCondition(context, hasTitle ? condition : null, colourOf)
  const side = hasTitle ? 40 : 64
  context.save()
  context.translate(hasTitle ? 14 : (cardWidth - side) / 2, (cardHeight - side) / 2)
  context.scale(side / 24, side / 24)
  context.strokeStyle = tone
  context.lineWidth = 2.25
  context.lineCap = 'round'
  context.stroke(change === undefined ? glyphOf(status) : new Path2D(changeGlyphs[change]))
  context.restore()
  if (!hasTitle) return
  context.save()
  context.beginPath()
  context.rect(62, 0, cardWidth - 70, cardHeight)
  context.clip()
  context.fillStyle = colourOf('text')
  context.font = `600 20px ${colourOf('font')}`
  context.textBaseline = 'middle'
  const lines = titleLines(section === undefined ? title : `${title} (${section.stepIds.length})`)
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

/** More than one card lies here. */
const drawStack = (context: CanvasRenderingContext2D, colourOf: ColourOf) => {
  context.lineWidth = 3
  context.strokeStyle = colourOf('line-strong')
  for (const offset of [14, 7]) context.strokeRect(offset, offset, cardWidth, cardHeight)
}

/** A diamond where the way forks; its words where they can be read. */
const drawCondition = (
  context: CanvasRenderingContext2D,
  condition: string | null,
  colourOf: ColourOf,
) => {
  const middle = cardHeight / 2
  context.fillStyle = colourOf('bg')
  context.strokeStyle = colourOf('text-2')
  context.lineWidth = 4
  context.beginPath()
  context.moveTo(-34, middle)
  context.lineTo(-17, middle - 17)
  context.lineTo(0, middle)
  context.lineTo(-17, middle + 17)
  context.closePath()
  context.fill()
  context.stroke()
  if (condition === null) return
  context.save()
  context.fillStyle = colourOf('text')
  context.font = `20px ${colourOf('font')}`
  context.textAlign = 'right'
  context.fillText(conditionWords(condition), -10, middle - 26, conditionWidthMax)
  context.restore()
}
