import { useVirtualizer } from '@tanstack/react-virtual'
import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { formatClockMs, formatExact } from '../../../ui/format-time.ts'
import { useView } from '../task-context.ts'
import type { Seek } from '../use-position.ts'
import { fitsLogFilter, parseLogFilter } from './log-filter.ts'
import type { LogLevel } from './log-line.ts'
import { plannedSteps } from './planned-steps.ts'
import { useFollow } from './use-follow.ts'
import { useLogLines } from './use-log-lines.ts'

const rowPx = 24
const levels: Record<LogLevel, { icon: typeof Info; tone: string }> = {
  info: { icon: Info, tone: 'text-text-3' },
  warn: { icon: TriangleAlert, tone: 'text-waiting' },
  error: { icon: CircleAlert, tone: 'text-failed' },
}

type Props = { filter: string; onSeek: Seek; onSelect: (stepId: string) => void }

/** What happened, in words, down to the millisecond. A time leads to its moment. */
export const LogList = ({ filter, onSeek, onSelect }: Props) => {
  const frame = useRef<HTMLDivElement>(null)
  const planned = useView(({ headTask }) => plannedSteps(headTask))
  const lines = useLogLines()
  const steps = useMemo(
    () =>
      new Map<string, { number: number; title: string }>(
        planned.map(({ stepId, title }, index) => [stepId, { number: index + 1, title }]),
      ),
    [planned],
  )
  const shown = useMemo(() => {
    const parsed = parseLogFilter(filter)
    return filter.trim() === ''
      ? lines
      : lines.filter((line) => fitsLogFilter(line, parsed, (stepId) => steps.get(stepId)))
  }, [lines, filter, steps])
  const virtual = useVirtualizer({
    count: shown.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPx,
    overscan: 20,
  })
  const { follows, setFollows } = useFollow(frame, virtual, shown.length)

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
        {shown.length === 0 && (
          <p className="p-4 text-13 text-text-3">
            {lines.length === 0 ? 'Loading the history' : 'No line fits this filter.'}
          </p>
        )}
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start }) => {
            const line = shown[index]
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
