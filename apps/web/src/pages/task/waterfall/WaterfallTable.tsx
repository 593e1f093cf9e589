import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useRef } from 'react'
import type { Stretch } from '@maestro/task-model/time/divide-time'
import { useMedia } from '../../../ui/use-media.ts'
import { useTaskSession, useView } from '../task-context.ts'
import type { Seek } from '../use-position.ts'
import { seqAtTime } from '../../../scrubber/seq-at-time.ts'
import type { TimeScale } from './time-scale.ts'
import { WaterfallAxis } from './WaterfallAxis.tsx'
import { rowLook, WaterfallRowView } from './WaterfallRowView.tsx'
import type { WaterfallRow } from './waterfall-rows.ts'

type Props = {
  rows: readonly WaterfallRow[]
  scale: TimeScale
  startMs: number
  /** Until when the shown position tells. */
  shownMs: number
  selected: string | null
  onSelect: (stepId: string) => void
  onSeek: Seek
  onBrush: (range: Stretch) => void
}

const rowPx = { wide: 34, phone: 56 }

/** The axis and the rows below it. Up and down move between rows, Enter opens a step. */
export const WaterfallTable = ({ rows, scale, startMs, shownMs, ...rest }: Props) => {
  const { view } = useTaskSession()
  const isReplay = useView((state) => state.mode === 'replay')
  const isPhone = useMedia('(max-width: 767px)')
  const frame = useRef<HTMLDivElement>(null)
  const height = isPhone ? rowPx.phone : rowPx.wide
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: 12,
  })
  const selectedIndex = rows.findIndex(({ stepId }) => stepId === rest.selected && stepId !== null)
  const mounted = virtual.getVirtualItems()
  // One tab stop: the selected row, or the first. A row that is scrolled far away is no element.
  const wantedStop = Math.max(0, selectedIndex)
  const stop = mounted.some(({ index }) => index === wantedStop)
    ? wantedStop
    : (virtual.range?.startIndex ?? mounted[0]?.index)
  const seek = (atMs: number) => {
    const { ticks } = view.getState()
    rest.onSeek(seqAtTime(ticks, atMs), { push: true })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const edge = { Home: 0, End: rows.length - 1 }[event.key]
    const from = Number(document.activeElement?.closest('[data-index]')?.getAttribute('data-index'))
    if (by === undefined && edge === undefined) return
    event.preventDefault()
    const next = Math.min(rows.length - 1, Math.max(0, edge ?? from + (by ?? 0)))
    virtual.scrollToIndex(next)
    // The row may have to be mounted first.
    requestAnimationFrame(() =>
      frame.current?.querySelector<HTMLElement>(`[data-index="${next}"] button`)?.focus(),
    )
  }

  return (
    <div ref={frame} className="min-h-0 grow overflow-x-hidden overflow-y-auto">
      <div role="table" aria-label="Waterfall" aria-rowcount={rows.length + 1}>
        <WaterfallAxis
          scale={scale}
          startMs={startMs}
          countMax={isPhone ? 3 : 6}
          onSeek={seek}
          onBrush={rest.onBrush}
        />
        <div
          role="rowgroup"
          className="relative"
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          <div className={`${rowLook} pointer-events-none absolute inset-0 z-10`}>
            <span className="max-md:hidden" />
            <span
              className="relative max-md:col-span-full"
              data-mode={isReplay ? 'replay' : 'live'}
            >
              {scale.folds.map(({ fromMs, left, width }) => (
                <span
                  key={fromMs}
                  className="time-fold absolute inset-y-0"
                  style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
                />
              ))}
              {isReplay && shownMs >= scale.fromMs && shownMs <= scale.toMs && (
                <span
                  className="drawn absolute inset-y-0 w-0.5 -translate-x-1/2 bg-replay"
                  style={{ left: `${scale.placeOf(shownMs) * 100}%` }}
                />
              )}
            </span>
          </div>
          {mounted.map(({ index, start }) => {
            const row = rows[index]
            return (
              row && (
                <WaterfallRowView
                  key={row.stepId ?? 'whole'}
                  row={row}
                  scale={scale}
                  index={index}
                  top={start}
                  height={height}
                  isSelected={index === selectedIndex}
                  isStop={index === stop}
                  onSelect={rest.onSelect}
                />
              )
            )
          })}
        </div>
      </div>
    </div>
  )
}
