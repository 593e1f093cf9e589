import { useEffect, useMemo, useRef } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { useCopied } from '../../../ui/use-copied.ts'
import { formatCount } from '../../../ui/format-count.ts'
import { useFixedRows } from '../../../ui/use-fixed-rows.ts'
import { useMedia } from '../../../ui/use-media.ts'
import { kindWords } from '../kind-words.ts'
import { useTaskSession } from '../task-context.ts'
import type { Seek } from '../use-position.ts'
import { useSteadyView } from '../use-steady-view.ts'
import { fitsLogFilter, parseLogFilter } from './log-filter.ts'
import { type LogLine, logLineOf } from './log-line.ts'
import { linesMax } from './log-scan.ts'
import { LogRow } from './LogRow.tsx'
import { plannedSteps } from './planned-steps.ts'
import { SpokenLog } from './SpokenLog.tsx'
import { createToolOf } from './tool-of.ts'
import { type Following, useFollow } from './use-follow.ts'
import { type LogSearch, useLogScan } from './use-log-scan.ts'

/** What one touches is higher. */
const rowPxOf = { mouse: 24, finger: 44 }

/** The design's cap: nobody reads lines that change more often. */
const tellEveryMs = 100

type Props = {
  filter: string
  /** New lines are announced. */
  isSpoken: boolean
  /** Whether the newest lines stay in sight; by scrolling up they do not. */
  following: Following
  onSeek: Seek
  onSelect: (stepId: string) => void
}

/** What happened, in words, down to the millisecond. A time leads to its moment. */
export const LogList = ({ filter, isSpoken, following, onSeek, onSelect }: Props) => {
  const session = useTaskSession()
  const { follows, setFollows } = following
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
  const toolOf = useMemo(() => createToolOf(session.event), [session])
  const parsed = useMemo(() => parseLogFilter(filter), [filter])
  const sought = useMemo((): LogSearch | null => {
    if (filter.trim() === '') return null
    return {
      lineOf: (placed) => {
        const tool = toolOf(placed)
        if (tool !== undefined) return logLineOf(placed, tool)
        return parsed.tool === null ? logLineOf(placed) : null
      },
      fits: (line) => fitsLogFilter(line, parsed, (stepId) => steps.get(stepId)),
    }
  }, [filter, parsed, steps, toolOf])
  const { scan, isLooking, lookBack } = useLogScan(sought, seq)
  const { copy, said, copied } = useCopied()
  const found = sought === null ? null : linesTo(scan.lines, seq)
  const count = found === null ? seq : found.length
  // Whoever comes back to it sees the newest first.
  useEffect(() => setFollows(true), [setFollows])
  const rowPx = rowPxOf[useMedia('(pointer: coarse)') ? 'finger' : 'mouse']
  const { rows, totalPx, scrollToIndex } = useFixedRows({ frame, count, rowPx })
  useFollow(frame, { scrollToIndex }, count, following)

  const [first, last] = [rows[0]?.index, rows.at(-1)?.index]
  useEffect(() => {
    if (sought === null && first !== undefined && last !== undefined)
      session.look(first + 1, last + 1)
  }, [session, sought, first, last])

  /** Of an event that is not here yet, what its tick tells. */
  const lineAt = (index: number): LogLine | undefined => {
    if (found !== null) return found[index]
    const event = session.event(index + 1)
    if (event !== undefined) {
      return logLineOf(event, toolOf(event) ?? null)
    }
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
            {sought === null ? 'Loading the history' : 'No line fits this filter.'}
            {parsed.noLevel !== null &&
              ` “${parsed.noLevel}” is no level: info, warn and error are.`}
          </p>
        )}
        <div className="relative" style={{ height: totalPx }}>
          {rows.map(({ index, start }) => {
            const line = lineAt(index)
            if (line === undefined) return null
            return (
              <LogRow
                key={line.seq}
                line={line}
                title={(line.stepId === null ? undefined : steps.get(line.stepId)?.title) ?? null}
                top={start}
                height={rowPx}
                isCopied={copied === String(line.seq)}
                onSeek={onSeek}
                onSelect={onSelect}
                onCopy={copy}
              />
            )
          })}
        </div>
      </div>
      <span role="status" className="sr-only">
        {said}
      </span>
      {isSpoken && <SpokenLog count={count} textOf={(index) => lineAt(index)?.text ?? ''} />}
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
