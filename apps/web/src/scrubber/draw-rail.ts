import type { KeptMoment, TaskTick } from '../live/task-ticks.ts'
import type { Axis } from './axis.ts'
import { type Bucket, densityOf } from './buckets.ts'
import { type GlyphName, glyphs, type Phase, type PhaseStart } from './tick-look.ts'

const columnPx = 3
const phaseTokens: Record<Phase, string> = {
  Draft: 'queued',
  Approve: 'waiting',
  Execute: 'accent',
}

type Ink = (token: string) => string
type Drawing = {
  canvas: HTMLCanvasElement
  axis: Axis
  ticks: readonly TaskTick[]
  buckets: readonly Bucket[]
  phases: readonly PhaseStart[]
  /** Moments of which the timeline keeps a state. */
  kept: readonly KeptMoment[]
  /** Room for half a glyph at both ends. */
  padPx: number
  heightPx: number
}

/** The middle of the glyphs; the tallest one reaches six pixels up and down. */
const glyphY = (heightPx: number) => heightPx / 2 + 1

/** Phases above, what happened as glyphs, how much happened below. */
export const drawRail = (drawing: Drawing): void => {
  const { canvas, axis, ticks, buckets, phases, kept, padPx, heightPx } = drawing
  const context = canvas.getContext('2d')
  if (context === null) return
  const scale = window.devicePixelRatio || 1
  const width = axis.width + 2 * padPx
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(heightPx * scale)
  context.setTransform(scale, 0, 0, scale, 0, 0)
  context.clearRect(0, 0, width, heightPx)
  const style = getComputedStyle(canvas)
  const ink: Ink = (token) => style.getPropertyValue(`--${token}`).trim()

  context.translate(padPx, 0)
  drawDensity(context, ink, axis, ticks, heightPx)
  drawGaps(context, ink, axis, heightPx)
  // Above the hatches, which would cut through the names.
  drawPhases(context, ink, axis, phases)
  drawKept(context, ink, axis, kept, heightPx)
  for (const bucket of buckets) drawGlyph(context, ink, bucket, glyphY(heightPx))
}

const drawPhases = (
  context: CanvasRenderingContext2D,
  ink: Ink,
  axis: Axis,
  phases: readonly PhaseStart[],
) => {
  context.font = '500 12px "Inter Variable", sans-serif'
  context.textBaseline = 'top'
  phases.forEach(({ from, phase }, index) => {
    const start = axis.xOf(from)
    const next = phases[index + 1]
    const end = next ? axis.xOf(next.from) : axis.width
    context.fillStyle = ink(phaseTokens[phase])
    context.fillRect(start, 0, Math.max(2, end - start - 1), 3)
    if (end - start > context.measureText(phase).width + 6) {
      context.strokeStyle = ink('bg')
      context.lineWidth = 4
      context.lineJoin = 'round'
      context.strokeText(phase, start, 6)
      context.fillStyle = ink('text-2')
      context.fillText(phase, start, 6)
    }
  })
}

const drawDensity = (
  context: CanvasRenderingContext2D,
  ink: Ink,
  axis: Axis,
  ticks: readonly TaskTick[],
  heightPx: number,
) => {
  context.fillStyle = ink('line')
  context.fillRect(0, heightPx - 1, axis.width, 1)
  context.fillStyle = ink('line-strong')
  densityOf(ticks, axis, columnPx).forEach((share, column) => {
    const height = Math.round(share * 10)
    if (height > 0) context.fillRect(column * columnPx, heightPx - 1 - height, columnPx - 1, height)
  })
}

const drawGaps = (
  context: CanvasRenderingContext2D,
  ink: Ink,
  { gaps }: Axis,
  heightPx: number,
) => {
  context.strokeStyle = ink('line-strong')
  context.lineWidth = 1
  for (const { x, width } of gaps) {
    context.save()
    context.beginPath()
    context.rect(x, 4, width, heightPx - 4)
    context.clip()
    context.fillStyle = ink('surface')
    context.fillRect(x, 4, width, heightPx - 4)
    context.beginPath()
    for (let left = x - heightPx; left < x + width; left += 5) {
      context.moveTo(left, heightPx)
      context.lineTo(left + heightPx, 0)
    }
    context.globalAlpha = 0.5
    context.stroke()
    context.restore()
  }
}

/** Small squares below the glyphs: there a state is kept. Those of one place are one. */
const drawKept = (
  context: CanvasRenderingContext2D,
  ink: Ink,
  axis: Axis,
  kept: readonly KeptMoment[],
  heightPx: number,
) => {
  context.strokeStyle = ink('text-2')
  context.lineWidth = 1
  for (const x of new Set(kept.map(({ seq }) => Math.round(axis.xOf(seq)))))
    context.strokeRect(x - 2.5, glyphY(heightPx) + 7.5, 5, 5)
}

const drawGlyph = (context: CanvasRenderingContext2D, ink: Ink, bucket: Bucket, y: number) => {
  const token = glyphs.find(({ name }) => name === bucket.glyph)?.token ?? 'text-3'
  context.fillStyle = ink(token)
  context.strokeStyle = ink(token)
  context.save()
  context.translate(Math.round(bucket.x), y)
  shapes[bucket.glyph](context)
  context.restore()
}

const polygon = (
  context: CanvasRenderingContext2D,
  points: readonly (readonly [number, number])[],
) => {
  context.beginPath()
  for (const [x, y] of points) context.lineTo(x, y)
  context.closePath()
  context.fill()
}

const shapes: Record<GlyphName, (context: CanvasRenderingContext2D) => void> = {
  'needs-you': (context) =>
    polygon(context, [
      [0, -6],
      [6, 0],
      [0, 6],
      [-6, 0],
    ]),
  failure: (context) => {
    context.lineWidth = 2.5
    context.beginPath()
    context.moveTo(-4, -4)
    context.lineTo(4, 4)
    context.moveTo(4, -4)
    context.lineTo(-4, 4)
    context.stroke()
  },
  plan: (context) =>
    polygon(context, [
      [0, -5],
      [5.5, 5],
      [-5.5, 5],
    ]),
  human: (context) => {
    context.beginPath()
    context.arc(0, 0, 4, 0, Math.PI * 2)
    context.fill()
  },
  budget: (context) => {
    context.font = '600 12px "Inter Variable", sans-serif'
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillText('$', 0, 0)
  },
  retry: (context) => {
    context.lineWidth = 2
    context.beginPath()
    context.arc(0, 0, 4, 0.6, Math.PI * 1.75)
    context.stroke()
  },
  edge: (context) => context.fillRect(-0.75, -5, 1.5, 10),
}
