import type { TaskLine } from '@maestro/contracts/gateway/http-task'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { Link } from '@tanstack/react-router'
import { paths } from '../../paths.ts'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { classes } from '../../ui/classes.ts'
import { coveringLook } from '../../ui/covering-look.ts'
import { formatCount } from '../../ui/format-count.ts'
import { formatDate } from '../../ui/format-time.ts'
import { Meter } from '../../ui/Meter.tsx'
import { SpentOfLimit } from '../../ui/SpentOfLimit.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'
import { taskStatusLook } from '../../ui/status-look.ts'

export const columns =
  'grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 md:grid-cols-[20px_112px_minmax(0,1fr)_80px_132px_88px] lg:grid-cols-[20px_132px_minmax(0,1fr)_140px_140px_128px]'

const importedTitle = ({ at, from }: NonNullable<TaskLine['imported']>) =>
  `From ${from ?? 'another Maestro'}, ${formatDate(Date.parse(at))}; it is only read here`

type Props = {
  task: TaskLine
  /** A question of it is open, whatever else goes on. */
  asks: boolean
  isChosen: boolean
  onChosen: (isChosen: boolean) => void
}

/** One task's line. The whole row opens it. */
export const TaskRow = ({ task, asks, isChosen, onChosen }: Props) => {
  const spent = nanoUsdFromText(task.costUsd)
  const limit = task.limitUsd === null ? null : nanoUsdFromText(task.limitUsd)
  const look = taskStatusLook[task.status]
  return (
    <li
      className={classes(
        columns,
        'group relative min-h-10 items-center border-b border-line px-4 py-2 transition-colors duration-[120ms] hover:bg-surface focus-within:bg-surface',
      )}
    >
      <input
        type="checkbox"
        aria-label={`Choose ${task.title}`}
        checked={isChosen}
        onChange={({ target }) => onChosen(target.checked)}
        // Above the link that covers the row.
        className="relative z-10 size-4 accent-accent max-md:hidden"
      />
      <span className="text-13 max-md:order-2 max-md:row-start-2">
        <StatusMark look={look} />
      </span>
      <span className="flex min-w-0 items-center gap-2 max-md:col-span-2">
        <Link
          to={paths.task()}
          params={{ taskId: task.taskId }}
          data-row
          className={classes('min-w-0 truncate text-14 font-medium text-text', coveringLook)}
        >
          {task.title}
        </Link>
        {asks && task.status !== 'awaiting-approval' && (
          <Badge tone="text-waiting" title="It asks something">
            Needs you
          </Badge>
        )}
        {task.imported !== undefined && (
          <Badge title={importedTitle(task.imported)}>Imported</Badge>
        )}
        {task.rehearsal && <Badge title="No model was asked">Rehearsal</Badge>}
      </span>
      <span className="flex items-center gap-2 max-md:hidden">
        <Meter
          label={`Progress of ${task.title}`}
          text={`${task.stepsDone} of ${task.stepsTotal} steps`}
          max={Math.max(1, task.stepsTotal)}
          parts={[
            { value: task.stepsDone, tone: task.status === 'failed' ? 'bg-failed' : 'bg-text-2' },
          ]}
          className={classes('w-18 shrink-0 max-lg:hidden', task.stepsTotal === 0 && 'opacity-0')}
        />
        <span className="tnum text-13 text-text-2">
          {task.stepsTotal === 0
            ? '–'
            : `${formatCount(task.stepsDone)}/${formatCount(task.stepsTotal)}`}
        </span>
      </span>
      <span className="text-right text-13 max-md:order-3 max-md:row-start-2">
        <SpentOfLimit spent={spent} limit={limit} />
      </span>
      <span className="text-right text-13 text-text-2 max-md:hidden">
        <RelativeTime at={task.createdAt} />
      </span>
    </li>
  )
}
