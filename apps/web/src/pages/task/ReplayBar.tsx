import { getRouteApi } from '@tanstack/react-router'
import { Eye, Radio } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'
import { formatClock } from '../../ui/format-time.ts'
import { formatCount, formatPlural } from '../../ui/format-count.ts'
import type { TaskView } from '../../live/task-view.ts'
import { useView } from './task-context.ts'

const route = getRouteApi('/tasks/$taskId/{-$view}')

/** Says that this is the past, and leads back. */
export const ReplayBar = ({ onLive }: { onLive: () => void }) => {
  const isReplay = useView((view) => view.mode === 'replay')
  const seq = useView((view) => view.seq)
  const head = useView((view) => view.head)
  const seekingTo = useView((view) => view.seekingTo)
  const { at = 0 } = route.useSearch()
  const atMs = useView((view) => view.ticks[view.seq - 1]?.atMs ?? null)
  // Those that are open now, and not only at the shown moment.
  const waiting = useView(({ task, headTask }) => openCount(headTask, task))
  if (!isReplay && seekingTo === null) return null
  return (
    <div
      role="status"
      className="tnum flex min-h-9 shrink-0 items-center gap-3 bg-replay px-4 py-1 text-13 text-bg"
    >
      <div className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-1">
        <Eye aria-hidden size={16} />
        <span className="font-semibold">Replay</span>
        {seekingTo !== null && !isReplay ? (
          <span>loading event {formatCount(seekingTo)}</span>
        ) : (
          <span className="facts">
            <span>
              event {formatCount(seq)} of {formatCount(head)}
            </span>
            {seekingTo !== null && <span>loading event {formatCount(seekingTo)}</span>}
            {at > head && <span className="font-semibold">event {at} is not there</span>}
            {atMs !== null && <span>{formatClock(atMs)}</span>}
            <span>{formatCount(head - seq)} newer</span>
            <span>looking only</span>
          </span>
        )}
        {waiting > 0 && (
          <span className="font-semibold">
            Live: {formatPlural(waiting, 'question waits', 'questions wait')} on you
          </span>
        )}
      </div>
      <Button
        size="small"
        icon={Radio}
        className="border-bg! bg-replay! text-bg! hover:opacity-80"
        onClick={onLive}
      >
        Go live
      </Button>
    </div>
  )
}

type ShownTask = TaskView['task']

const openIds = (task: ShownTask): readonly string[] =>
  task.status === 'unborn'
    ? []
    : Object.values<{ approvalId: string; status: string }>(task.approvals)
        .filter(({ status }) => status === 'open')
        .map(({ approvalId }) => approvalId)

const openCount = (headTask: ShownTask, task: ShownTask): number => {
  const shown = new Set(openIds(task))
  return openIds(headTask).filter((approvalId) => !shown.has(approvalId)).length
}
