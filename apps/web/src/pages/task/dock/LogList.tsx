import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { formatCount } from '../../../ui/format-count.ts'
import { formatClockMs, formatExact } from '../../../ui/format-time.ts'
import { useFixedRows } from '../../../ui/use-fixed-rows.ts'
import { kindWords } from '../kind-words.ts'
import { useTaskSession } from '../task-context.ts'
import type { Seek } from '../use-position.ts'
import { useSteadyView } from '../use-steady-view.ts'
import { fitsLogFilter, parseLogFilter } from './log-filter.ts'
import { type LogLevel, type LogLine, logLineOf } from './log-line.ts'
import { linesMax } from './log-scan.ts'
import { plannedSteps } from './planned-steps.ts'
import { useFollow } from './use-follow.ts'
import { useLogScan } from './use-log-scan.ts'

const rowPx = 24
const levels: Record<LogLevel, { icon: typeof Info; tone: string }> = {
  info: { icon: Info, tone: 'text-text-3' },
  warn: { icon: TriangleAlert, tone: 'text-waiting' },
  error: { icon: CircleAlert, tone: 'text-failed' },
}

/** The design's cap: nobody reads lines that change more often. */
const tellEveryMs = 100

type Props = { filter: string; onSeek: Seek; onSelect: (stepId: string) => void }

/** What happened, in words, down to the millisecond. A time leads to its moment. */
export const LogList = ({ filter, onSeek, onSelect }: Props) => {
  const session = useTaskSession()
  const frame = useRef<HTMLDivElement>(null)
  const { seq, headTask, ticks } = useSteadyView(tellEveryMs)
  const planned = plannedSteps(headTask)
  const steps = useMemo(
    () =>
      new Map<string, { number: number; title: string }>(
        planned.map(({ stepId, title }, index) => [stepId, { number: index + 1, title }]),
      ),
    [planned],
  )
  const fits = useMemo(() => {
    if (filter.trim() === '') return null
    const parsed = parseLogFilter(filter)
    return (line: LogLine) => fitsLogFilter(line, parsed, (stepId) => steps.get(stepId))
  }, [filter, steps])
  const { scan, isLooking, lookBack } = useLogScan(fits, seq)
  const found = fits === null ? null : linesTo(scan.lines, seq)
  const count = found === null ? seq : found.length
  const { rows, totalPx, scrollToIndex } = useFixedRows({ frame, count, rowPx })
  const { follows, setFollows } = useFollow(frame, { scrollToIndex }, count)

  const [first, last] = [rows[0]?.index, rows.at(-1)?.index]
  useEffect(() => {
    if (fits === null && first !== undefined && last !== undefined)
      session.look(first + 1, last + 1)
  }, [session, fits, first, last])

  /** Of an event that is not here yet, what its tick tells. */
  const lineAt = (index: number): LogLine | undefined => {
    if (found !== null) return found[index]
    const event = session.event(index + 1)
    if (event !== undefined) return logLineOf(event)
    const tick = ticks[index]
    if (tick === undefined) return undefined
    const { atMs, kind, stepId } = tick
    return { seq: index + 1, atMs, level: 'info', stepId, tool: null, text: kindWords(kind) }
  }

  return (
    <div className="relative h-full">
      <div
        ref={frame}
        role="log"
        aria-live="off"
        aria-label="Log"
        tabIndex={0}
        className="h-full overflow-y-auto focus-visible:outline-offset-[-2px]"
      >
        {lookBack !== null && (
          <div className="flex min-h-6 flex-wrap items-center gap-3 px-4 py-1 text-12 text-text-3">
            <Button
              size="small"
              pending={isLooking}
              onClick={() => {
                setFollows(false)
                lookBack()
              }}
            >
              Look further back
            </Button>
            <span className="tnum">
              Looked through events {formatCount(scan.from)} to {formatCount(scan.to)}.
            </span>
          </div>
        )}
        {scan.lines.length >= linesMax && (
          <p className="px-4 py-1 text-12 text-text-3">
            The newest {formatCount(linesMax)} lines that fit. A narrower filter leads further back.
          </p>
        )}
        {count === 0 && (
          <p className="p-4 text-13 text-text-3">
            {fits === null ? 'Loading the history' : 'No line fits this filter.'}
          </p>
        )}
        <div className="relative" style={{ height: totalPx }}>
          {rows.map(({ index, start }) => {
            const line = lineAt(index)
            if (line === undefined) return null
            const { icon: Icon, tone } = levels[line.level]
            const step = line.stepId === null ? undefined : steps.get(line.stepId)
            return (
              <div
                key={line.seq}
                className="absolute inset-x-0 flex items-center gap-3 px-4 text-12 whitespace-nowrap hover:bg-surface"
                style={{ top: start, height: rowPx }}
              >
                <button
                  type="button"
                  title={`${formatExact(line.atMs)}. Look at this moment`}
                  onClick={() => onSeek(line.seq, { push: true })}
                  className="tnum shrink-0 rounded-4 font-mono text-text-3 hover:text-accent hover:underline"
                >
                  {formatClockMs(line.atMs)}
                </button>
                <span className={`flex w-14 shrink-0 items-center gap-1 font-medium ${tone}`}>
                  <Icon aria-hidden size={12} />
                  {line.level}
                </span>
                {step && line.stepId !== null && (
                  <button
                    type="button"
                    onClick={() => line.stepId !== null && onSelect(line.stepId)}
                    className="max-w-48 shrink-0 truncate rounded-4 font-medium text-text-2 hover:text-accent hover:underline"
                  >
                    {step.title}
                  </button>
                )}
                <span className="min-w-0 truncate font-mono text-text" title={line.text}>
                  {line.text}
                </span>
              </div>
            )
          })}
        </div>
      </div>
      {!follows && (
        <button
          type="button"
          onClick={() => setFollows(true)}
          className="absolute right-4 bottom-2 rounded-6 border border-line-strong bg-bg px-2 py-1 text-12 font-medium hover:bg-surface pointer-coarse:min-h-11"
        >
          Jump to the newest
        </button>
      )}
    </div>
  )
}

/** In the past, later lines are hidden. */
const linesTo = (lines: readonly LogLine[], seq: number): readonly LogLine[] => {
  const end = lines.findLastIndex((line) => line.seq <= seq) + 1
  return end === lines.length ? lines : lines.slice(0, end)
}
