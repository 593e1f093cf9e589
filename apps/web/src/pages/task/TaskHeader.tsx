import { TriangleAlert } from 'lucide-react'
import { Badge } from '../../ui/Badge.tsx'
import { classes } from '../../ui/classes.ts'
import { formatCount } from '../../ui/format-count.ts'
import { formatLimit, formatMoney } from '../../ui/format-money.ts'
import { formatElapsed } from '../../ui/format-time.ts'
import { FailureText } from '../../ui/FailureText.tsx'
import { isNearLimit } from '../../ui/is-near-limit.ts'
import { Meter } from '../../ui/Meter.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { taskStatusLook } from '../../ui/status-look.ts'
import { useNow } from '../../ui/use-now.ts'
import { shownMs } from './task-context.ts'
import { ImportedNote } from './ImportedNote.tsx'
import { progressOf } from './progress-of.ts'
import { useSteadyView } from './use-steady-view.ts'

/** The design's cap for counters. */
const tellEveryMs = 250

/** One status, progress, money against its limit, time. */
export const TaskHeader = () => {
  const { task, mode } = useSteadyView(tellEveryMs)
  const isLive = mode === 'live'
  const isOver = task.status !== 'unborn' && task.endedAt !== null
  const now = useNow(500, isLive && !isOver)
  if (task.status === 'unborn') return null
  const { done, total } = progressOf(task)
  const limit = task.options.limits.costNanoUsd
  const { costNanoUsd: spent, inputTokens, outputTokens } = task.totals
  const tokens = `${formatCount(inputTokens)} tokens in, ${formatCount(outputTokens)} out`
  const isNear = isNearLimit(spent, limit)
  return (
    <dl className="tnum flex min-w-0 flex-wrap items-center gap-x-6 gap-y-1 text-14 max-md:gap-x-4 lg:flex-1">
      <div>
        <dt className="sr-only">Status</dt>
        <dd>
          <StatusMark look={taskStatusLook[task.status]} still={!isLive} />
        </dd>
      </div>
      {total > 0 && (
        <div className="flex items-center gap-2">
          <dt className="sr-only">Progress</dt>
          <dd className="flex items-center gap-2">
            <Meter
              label="Progress"
              text={`${done} of ${total} steps`}
              max={total}
              parts={[{ value: done, tone: task.status === 'failed' ? 'bg-failed' : 'bg-text-2' }]}
              className="w-24 max-md:hidden"
            />
            <span className="text-text-2">
              {formatCount(done)}/{formatCount(total)}
              <span className="sr-only"> steps</span>
            </span>
          </dd>
        </div>
      )}
      <div>
        <dt className="sr-only">Cost</dt>
        <dd
          title={tokens}
          className={classes(
            'flex items-center gap-1.5',
            isNear ? 'font-medium text-waiting' : 'text-text-2',
          )}
        >
          {isNear && <TriangleAlert aria-hidden size={14} />}
          <span className={classes(!isNear && 'text-text')}>{formatMoney(spent)}</span>
          {limit !== null && <span>of {formatLimit(limit)}</span>}
          <span className="sr-only">, {tokens}</span>
        </dd>
      </div>
      <div>
        <dt className="sr-only">Elapsed</dt>
        <dd className="text-text-2">
          {formatElapsed(shownMs(task, isLive, now) - Date.parse(task.createdAt))}
        </dd>
      </div>
      {task.rehearsal && (
        <div>
          <dt className="sr-only">Provider</dt>
          <dd>
            <Badge tone="text-cached">Rehearsal: no model was asked</Badge>
          </dd>
        </div>
      )}
      <ImportedNote />
      {task.pause !== null && task.pause.reason === 'budget' && (
        <div>
          <dt className="sr-only">Why it is paused</dt>
          <dd className="text-13 text-waiting">{task.pause.note}</dd>
        </div>
      )}
      {task.cutShort !== undefined && (
        <div className="min-w-0 basis-full">
          <dt className="sr-only">Why it ended early</dt>
          <dd className="text-13 text-waiting">
            {task.cutShort.reason} The result is what “{task.steps[task.cutShort.stepId]?.title}”
            delivered.
          </dd>
        </div>
      )}
      {task.failure !== null && (
        <div className="min-w-0 basis-full">
          <dt className="sr-only">Why it ended</dt>
          <dd
            className={classes('text-13', task.status === 'failed' ? 'text-failed' : 'text-text-2')}
          >
            <FailureText text={task.failure} />
          </dd>
        </div>
      )}
    </dl>
  )
}
