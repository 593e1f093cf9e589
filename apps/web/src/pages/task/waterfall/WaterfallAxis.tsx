import type { Stretch } from '@maestro/task-model/time/divide-time'
import { type PointerEvent, useState } from 'react'
import { formatDuration } from '../../../ui/format-time.ts'
import { axisTicks } from './axis-ticks.ts'
import type { TimeScale } from './time-scale.ts'
import { rowLook } from './WaterfallRowView.tsx'

type Props = {
  scale: TimeScale
  startMs: number
  countMax: number
  onSeek: (atMs: number) => void
  onBrush: (range: Stretch) => void
}

/** A press that moved less was no brush. */
const brushPxMin = 4

/** Time since the task began. A press goes to that moment, a drag zooms into its stretch; keys and buttons do the same elsewhere. */
export const WaterfallAxis = ({ scale, startMs, countMax, onSeek, onBrush }: Props) => {
  const [brush, setBrush] = useState<{ from: number; to: number } | null>(null)
  const placeOf = ({ clientX, currentTarget }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    return Math.min(1, Math.max(0, (clientX - left) / width))
  }
  const onUp = (event: PointerEvent) => {
    if (brush === null) return
    setBrush(null)
    const { width } = event.currentTarget.getBoundingClientRect()
    const [from, to] = [Math.min(brush.from, brush.to), Math.max(brush.from, brush.to)]
    if ((to - from) * width < brushPxMin) onSeek(scale.atOf(to))
    else onBrush({ fromMs: scale.atOf(from), toMs: scale.atOf(to) })
  }
  return (
    <div role="rowgroup" className="sticky top-0 z-20 border-b border-line bg-bg">
      <div role="row" aria-rowindex={1} className={`${rowLook} text-12 font-medium text-text-3`}>
        <span role="columnheader" className="py-1.5 max-md:sr-only">
          Step
        </span>
        <span
          role="columnheader"
          aria-label="Time since the task began"
          title="Press: go to this moment. Drag: zoom in."
          className="relative h-7 cursor-crosshair touch-none overflow-hidden select-none max-md:col-span-full"
          onPointerDown={(event) => {
            if (event.button !== 0) return
            event.currentTarget.setPointerCapture(event.pointerId)
            setBrush({ from: placeOf(event), to: placeOf(event) })
          }}
          onPointerMove={(event) => brush && setBrush({ ...brush, to: placeOf(event) })}
          onPointerUp={onUp}
          onPointerCancel={() => setBrush(null)}
        >
          {axisTicks(scale, startMs, countMax).map((atMs, index, ticks) => {
            const end = ticks[index + 1]
            return (
              // A label that has no room before the next line wraps out of sight; its line stands without it.
              <span
                key={atMs}
                className="tnum absolute inset-y-0 flex flex-wrap overflow-hidden border-l border-line whitespace-nowrap before:h-7"
                style={{
                  left: `${scale.placeOf(atMs) * 100}%`,
                  right: `${end === undefined ? 0 : (1 - scale.placeOf(end)) * 100}%`,
                }}
              >
                <span className="flex h-7 items-center px-1">
                  {atMs === startMs ? '0' : formatDuration(atMs - startMs)}
                </span>
              </span>
            )
          })}
          {brush !== null && (
            <span
              className="absolute inset-y-0 border-x border-accent bg-accent-soft opacity-70"
              style={{
                left: `${Math.min(brush.from, brush.to) * 100}%`,
                width: `${Math.abs(brush.to - brush.from) * 100}%`,
              }}
            />
          )}
        </span>
        <span role="columnheader" className="py-1.5 text-right max-md:hidden">
          Duration
        </span>
        <span role="columnheader" className="py-1.5 text-right max-md:hidden">
          Cost
        </span>
      </div>
    </div>
  )
}
