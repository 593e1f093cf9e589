import type { TaskLine } from '@maestro/contracts/gateway/http-task'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { goingTasksQuery } from '../../../api/going-tasks.ts'
import { paths } from '../../../paths.ts'
import { useApp } from '../../../shell/app-context.ts'
import { classes } from '../../../ui/classes.ts'
import { coveringLook } from '../../../ui/covering-look.ts'
import { formatCount } from '../../../ui/format-count.ts'
import { Meter } from '../../../ui/Meter.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { SpentOfLimit } from '../../../ui/SpentOfLimit.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { taskStatusLook } from '../../../ui/status-look.ts'
import { QueryFailure } from '../../QueryFailure.tsx'
import { MoreLink } from '../MoreLink.tsx'

const rowsMax = 6

/** Tasks that have not ended, as they are now. */
export const GoingPanel = () => {
  const query = useQuery(goingTasksQuery(useApp().http))
  const tasks = query.data ?? []
  return (
    <>
      {query.isPending && <SkeletonRows rows={2} label="Loading what goes on" />}
      {query.isError && (
        <QueryFailure
          what="What goes on"
          error={query.error}
          shownOf={query.dataUpdatedAt}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isSuccess && tasks.length === 0 && (
        <p className="px-4 text-14 text-text-2">No task goes on now.</p>
      )}
      <ul aria-label="Tasks that go on">
        {tasks.slice(0, rowsMax).map((task) => (
          <GoingRow key={task.taskId} task={task} />
        ))}
      </ul>
      <MoreLink to={paths.tasks()}>
        {tasks.length > rowsMax ? `${formatCount(tasks.length - rowsMax)} more` : 'All tasks'}
      </MoreLink>
    </>
  )
}

const GoingRow = ({ task }: { task: TaskLine }) => {
  const { taskId, status, title, stepsDone, stepsTotal, costUsd, limitUsd } = task
  return (
    <li className="relative border-t border-line px-4 py-2 hover:bg-surface">
      <Link
        to={paths.task()}
        params={{ taskId }}
        className={classes('block truncate text-14 font-medium', coveringLook)}
      >
        {title}
      </Link>
      <div className="tnum mt-0.5 flex flex-wrap items-center gap-x-4 text-13">
        <StatusMark look={taskStatusLook[status]} />
        {stepsTotal > 0 && (
          <span className="flex items-center gap-2 text-text-2">
            <Meter
              label={`Progress of ${title}`}
              text={`${stepsDone} of ${stepsTotal} steps`}
              max={stepsTotal}
              parts={[{ value: stepsDone, tone: status === 'failed' ? 'bg-failed' : 'bg-text-2' }]}
              className="w-18 shrink-0"
            />
            {formatCount(stepsDone)}/{formatCount(stepsTotal)}
          </span>
        )}
        <span className="ml-auto">
          <SpentOfLimit
            spent={nanoUsdFromText(costUsd)}
            limit={limitUsd === null ? null : nanoUsdFromText(limitUsd)}
          />
        </span>
      </div>
    </li>
  )
}
