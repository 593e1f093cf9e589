import { Route } from 'lucide-react'
import { classes } from '../../../ui/classes.ts'
import { coveringLook } from '../../../ui/covering-look.ts'
import { formatPlural } from '../../../ui/format-count.ts'
import { formatMoney } from '../../../ui/format-money.ts'
import { formatDuration } from '../../../ui/format-time.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { stepStatusLook } from '../../../ui/status-look.ts'
import type { TimeScale } from './time-scale.ts'
import { timeWords } from './time-words.ts'
import type { WaterfallRow } from './waterfall-rows.ts'

export const rowLook =
  'grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 px-4 md:grid-cols-[minmax(150px,260px)_minmax(0,1fr)_76px_76px]'

type Props = {
  row: WaterfallRow
  scale: TimeScale
  index: number
  top: number
  height: number
  isSelected: boolean
  isStop: boolean
  onSelect: (stepId: string) => void
}

/** What the time of a row was for, in words. */
const rowWords = ({ time, slackMs, isCritical }: WaterfallRow): string =>
  [
    ...timeWords(time),
    ...(isCritical ? ['on the critical path'] : []),
    ...(slackMs !== null && slackMs > 0 ? [`${formatDuration(slackMs)} slack`] : []),
  ].join(' · ')

export const WaterfallRowView = ({ row, scale, index, top, height, ...rest }: Props) => {
  const { stepId, title, status, attempts, number } = row
  const words = rowWords(row)
  const name = (
    <>
      {status !== null && <StatusMark look={stepStatusLook[status]} iconOnly still />}
      {number !== null && <span className="tnum shrink-0 text-text-3">{number}</span>}
      <span className={classes('truncate', stepId !== null && 'font-medium')}>{title}</span>
      {attempts > 1 && <span className="tnum shrink-0 text-12 text-running">×{attempts}</span>}
      {row.isCritical && (
        <Route aria-label="on the critical path" size={13} className="shrink-0 text-text" />
      )}
    </>
  )
  const nameLook = 'flex min-w-0 items-center gap-1.5 text-13'
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={rest.isSelected}
      data-index={index}
      title={words}
      className={classes(
        rowLook,
        'absolute inset-x-0 items-center border-b border-line max-md:content-center',
        rest.isSelected ? 'bg-accent-soft' : stepId !== null && 'hover:bg-surface',
      )}
      style={{ top, height }}
    >
      <span role="cell" className="min-w-0">
        {stepId === null ? (
          <button
            type="button"
            data-row
            tabIndex={rest.isStop ? 0 : -1}
            className={classes(
              nameLook,
              coveringLook,
              'w-full cursor-default text-left text-text-2',
            )}
            aria-description={words}
          >
            {name}
          </button>
        ) : (
          <button
            type="button"
            data-row
            tabIndex={rest.isStop ? 0 : -1}
            aria-description={words}
            onClick={() => rest.onSelect(stepId)}
            className={classes(nameLook, coveringLook, 'w-full text-left')}
          >
            {name}
          </button>
        )}
      </span>
      <span
        role="cell"
        aria-hidden
        className="relative h-full max-md:order-last max-md:col-span-full max-md:h-6"
      >
        <Bar row={row} scale={scale} />
      </span>
      <span role="cell" className="tnum text-right text-13" title={exactMs(row.durationMs)}>
        {formatDuration(row.durationMs)}
      </span>
      <span role="cell" className="tnum text-right text-13 text-text-2 max-md:hidden">
        {formatMoney(row.costNanoUsd)}
      </span>
      <span className="sr-only">{attempts > 1 && formatPlural(attempts, 'attempt')}</span>
    </div>
  )
}

const exactMs = (ms: number) => `${ms.toLocaleString('en-US')} ms`

const Bar = ({ row, scale }: { row: WaterfallRow; scale: TimeScale }) => {
  const placed = (fromMs: number, toMs: number) => {
    const left = scale.placeOf(fromMs)
    return { left: `${left * 100}%`, width: `${(scale.placeOf(toMs) - left) * 100}%` }
  }
  const isShown = ({ fromMs, toMs }: { fromMs: number; toMs: number }) =>
    toMs >= scale.fromMs && fromMs <= scale.toMs
  const againShown = row.againMs.filter((atMs) => isShown({ fromMs: atMs, toMs: atMs }))
  return (
    <>
      {row.isCritical && isShown(row) && (
        <span className="piece-critical" style={placed(row.fromMs, row.toMs)} />
      )}
      {row.pieces.filter(isShown).map(({ kind, fromMs, toMs }) => (
        <span key={fromMs} className="piece" data-kind={kind} style={placed(fromMs, toMs)} />
      ))}
      {againShown.map((atMs) => (
        <span
          key={atMs}
          className="piece-again"
          style={{ left: `${scale.placeOf(atMs) * 100}%` }}
        />
      ))}
    </>
  )
}
