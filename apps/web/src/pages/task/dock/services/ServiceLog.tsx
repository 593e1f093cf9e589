import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { messageOf } from '../../../../api/request-id.ts'
import { Button } from '../../../../ui/Button.tsx'
import { formatDate } from '../../../../ui/format-time.ts'
import { SkeletonRows } from '../../../../ui/Skeleton.tsx'
import { useSettled } from '../../../../ui/use-settled.ts'
import { filterProblem } from '../../../filter-problem.ts'
import { QueryFailure } from '../../../QueryFailure.tsx'
import { useTaskSession, useView } from '../../task-context.ts'
import type { Seek } from '../../use-position.ts'
import { plannedSteps } from '../planned-steps.ts'
import { useFollow } from '../use-follow.ts'
import { seqOfLine } from './seq-of-line.ts'
import { toServiceFilter } from './service-filter.ts'
import { linesShownMax } from './service-tail.ts'
import { ServiceLine } from './ServiceLine.tsx'
import { useServiceTail } from './use-service-tail.ts'

const rowPx = 24
const settleMs = 250
const noticeLook = 'shrink-0 border-b border-line px-4 py-1 text-12 font-medium'

type Props = {
  filter: string
  onSeek: Seek
  onSelect: (stepId: string) => void
}

/** What the services said while they worked at the task, up to the shown moment. A time leads to its moment. */
export const ServiceLog = ({ filter, onSeek, onSelect }: Props) => {
  const session = useTaskSession()
  const frame = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<string | null>(null)
  const planned = useView(({ headTask }) => plannedSteps(headTask))
  const titles = useMemo(
    () => new Map<string, string>(planned.map(({ stepId, title }) => [stepId, title])),
    [planned],
  )
  const shownToMs = useView(({ mode, seq, ticks }) =>
    mode === 'live' ? null : (ticks[seq - 1]?.atMs ?? null),
  )
  const q = toServiceFilter(filter, [...titles.keys()])
  const isFollowing = useRef(true)
  const log = useServiceTail({
    taskId: session.taskId,
    q: useSettled(q, settleMs),
    toMs: useSettled(shownToMs, settleMs),
    follows: isFollowing,
  })
  const lines = log.lines ?? []
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowPx,
    getItemKey: (index) => lines[index]?.id ?? index,
    overscan: 20,
  })
  const [follows, setFollows] = useState(true)
  useFollow(frame, virtual, lines.length, { follows, setFollows })
  isFollowing.current = follows
  const problem = filterProblem(log.error)

  return (
    <div className="flex h-full min-h-0 flex-col">
      {problem !== null && (
        <p role="alert" className={`${noticeLook} text-failed`}>
          {problem}
        </p>
      )}
      {log.error !== null && problem === null && log.lines !== null && (
        <p role="status" className={`${noticeLook} text-waiting`}>
          Not up to date: {messageOf(log.error)}
        </p>
      )}
      <div className="relative min-h-0 grow">
        <div
          ref={frame}
          role="log"
          aria-live="off"
          aria-label="Log of the services"
          tabIndex={0}
          className="h-full overflow-y-auto focus-visible:outline-offset-[-2px]"
        >
          {log.lines === null && log.error === null && (
            <SkeletonRows rows={4} label="Loading the log of the services" />
          )}
          {log.lines === null && log.error !== null && problem === null && (
            <QueryFailure what="The log of the services" error={log.error} onRetry={log.refresh} />
          )}
          {log.lines !== null && (
            <div className="flex min-h-6 flex-wrap items-center gap-3 px-4 py-1 text-12 text-text-3">
              {log.olderCursor !== null && lines.length < linesShownMax && (
                <Button
                  size="small"
                  pending={log.isReadingOlder}
                  onClick={() => {
                    setFollows(false)
                    log.readOlder()
                  }}
                >
                  Older lines
                </Button>
              )}
              <span>{beginningWords({ ...log, count: lines.length, isFiltered: q !== '' })}</span>
            </div>
          )}
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start, key }) => {
              const line = lines[index]
              if (line === undefined) return null
              return (
                <div
                  key={key}
                  ref={virtual.measureElement}
                  data-index={index}
                  className="absolute inset-x-0"
                  style={{ top: start }}
                >
                  <ServiceLine
                    line={line}
                    stepTitle={line.stepId === null ? null : (titles.get(line.stepId) ?? null)}
                    isOpen={opened === line.id}
                    onOpen={() => {
                      // What is read stays where it is.
                      setFollows(false)
                      setOpened(opened === line.id ? null : line.id)
                    }}
                    onSeek={() =>
                      onSeek(seqOfLine(line, session.view.getState().ticks), { push: true })
                    }
                    onSelect={onSelect}
                  />
                </div>
              )
            })}
          </div>
        </div>
        {!follows && (
          <button
            type="button"
            onClick={() => {
              isFollowing.current = true
              setFollows(true)
              log.refresh()
            }}
            className="absolute right-4 bottom-2 rounded-6 border border-line-strong bg-bg px-2 py-1 text-12 font-medium hover:bg-surface pointer-coarse:min-h-11"
          >
            {log.hasNewer ? 'Newer lines' : 'Jump to the newest'}
          </button>
        )}
      </div>
    </div>
  )
}

type Beginning = {
  count: number
  isFiltered: boolean
  olderCursor: string | null
  pruned: { before: string } | null
}

const beginningWords = ({ count, isFiltered, olderCursor, pruned }: Beginning): string => {
  if (olderCursor !== null) {
    return count < linesShownMax
      ? ''
      : 'No more lines are shown at once: a filter leads further back'
  }
  const removed =
    pruned === null ? '' : `. Lines before ${formatDate(Date.parse(pruned.before))} were removed`
  if (count > 0) return isFiltered ? '' : `The services said nothing of it before${removed}`
  return isFiltered
    ? `No line fits this filter${removed}.`
    : `No service has said anything of this task up to here${removed}.`
}
