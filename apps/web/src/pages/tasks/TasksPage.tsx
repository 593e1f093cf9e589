import type { TaskStatus } from '@maestro/contracts/task/task-status'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { FileUp, ListChecks, SearchX } from 'lucide-react'
import { useEffect, useState } from 'react'
import { paths } from '../../paths.ts'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { useKeys } from '../../shell/use-keys.ts'
import { useOpenApprovals } from '../../shell/use-open-approvals.ts'
import { Button } from '../../ui/Button.tsx'
import { classes } from '../../ui/classes.ts'
import { inputLook } from '../../ui/control-look.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatPlural } from '../../ui/format-count.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { Select } from '../../ui/Select.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { taskStatusLook } from '../../ui/status-look.ts'
import { NewTaskLink } from '../NewTaskLink.tsx'
import { QueryFailure } from '../QueryFailure.tsx'
import { moveRowFocus } from '../move-row-focus.ts'
import { columns, TaskRow } from './TaskRow.tsx'
import { useTaskList } from './use-task-list.ts'

const route = getRouteApi('/tasks')
const typingMs = 250

const statusOptions = [
  { value: 'all', label: 'Every status' },
  ...(Object.keys(taskStatusLook) as TaskStatus[]).map((status) => ({
    value: status,
    label: taskStatusLook[status].label,
  })),
] as const

const BulkBar = lazyPart(() => import('./BulkBar.tsx').then((module) => module.BulkBar))

const importLink = (
  <Link
    to={paths.importTask()}
    className="inline-flex h-8 items-center gap-2 rounded-6 px-3 text-14 font-medium text-text-2 hover:bg-surface hover:text-text pointer-coarse:h-11 max-md:px-2"
  >
    <FileUp aria-hidden size={16} />
    <span className="max-md:sr-only">Import a task</span>
  </Link>
)

export const TasksPage = () => {
  const filter = route.useSearch()
  const navigate = useNavigate({ from: '/tasks' })
  const { query, rows, movedCount, applyMoves, onPointerOver } = useTaskList(filter)
  const [words, setWords] = useState(filter.q ?? '')
  const isFiltered = filter.status !== undefined || filter.q !== undefined

  useEffect(() => setWords(filter.q ?? ''), [filter.q])
  useEffect(() => {
    if (words.trim() === (filter.q ?? '')) return
    const timer = setTimeout(() => {
      void navigate({ search: { ...filter, q: words.trim() || undefined }, replace: true })
    }, typingMs)
    return () => clearTimeout(timer)
  }, [words, filter, navigate])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  // From the first choice on: it has results to tell, also of rows that have left the list.
  const [hasBar, setHasBar] = useState(false)
  const asking = new Set(useOpenApprovals().data?.items.map(({ taskId }) => taskId))
  const picked = rows.filter(({ taskId }) => chosen.has(taskId))
  const choose = (taskId: string, isChosen: boolean) => {
    const next = new Set(chosen)
    if (isChosen) next.add(taskId)
    else next.delete(taskId)
    setChosen(next)
    setHasBar(true)
  }
  useKeys({
    'next-row': () => moveRowFocus(1),
    'previous-row': () => moveRowFocus(-1),
    'choose-row': () => {
      const row = document.activeElement?.closest('li')
      row?.querySelector<HTMLInputElement>('input[type=checkbox]')?.click()
    },
  })

  const clear = () => {
    setWords('')
    void navigate({ search: {} })
  }

  return (
    <PageFrame
      title="Tasks"
      actions={
        <>
          {importLink}
          <NewTaskLink />
        </>
      }
    >
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-4 py-2">
        <input
          type="search"
          aria-label="Words in the goal"
          placeholder="Words in the goal   /"
          value={words}
          onChange={(event) => setWords(event.target.value)}
          className={classes(inputLook, 'w-64 max-md:w-0 max-md:min-w-40 max-md:grow')}
        />
        <Select
          aria-label="Status"
          value={filter.status ?? 'all'}
          options={statusOptions}
          onValue={(value) =>
            void navigate({
              search: { ...filter, status: value === 'all' ? undefined : value },
            })
          }
        />
        {isFiltered && (
          <Button look="quiet" onClick={clear}>
            Clear filters
          </Button>
        )}
        <span role="status" className="ml-auto text-13 text-text-2">
          {movedCount > 0 && (
            <Button size="small" onClick={applyMoves}>
              {formatPlural(movedCount, 'row')} changed · Apply
            </Button>
          )}
        </span>
      </div>
      {hasBar && <BulkBar chosen={picked} onClear={() => setChosen(new Set())} />}
      <div className="min-h-0 grow overflow-y-auto" onPointerLeave={() => onPointerOver(false)}>
        <div
          aria-hidden
          className={classes(
            columns,
            'sticky top-0 z-10 border-b border-line bg-bg px-4 py-1.5 text-12 font-medium text-text-3 max-md:hidden!',
          )}
        >
          <span />
          <span>Status</span>
          <span>Goal</span>
          <span>Progress</span>
          <span className="pr-18 text-right">Spent</span>
          <span className="text-right">Created</span>
        </div>
        {query.isPending && <SkeletonRows rows={8} label="Loading the tasks" />}
        {query.isError && (
          <QueryFailure what="The tasks" error={query.error} onRetry={() => void query.refetch()} />
        )}
        {rows.length > 0 && (
          <ul aria-label="Tasks" onPointerEnter={() => onPointerOver(true)}>
            {rows.map((task) => (
              <TaskRow
                key={task.taskId}
                task={task}
                asks={asking.has(task.taskId)}
                isChosen={chosen.has(task.taskId)}
                onChosen={(isChosen) => choose(task.taskId, isChosen)}
              />
            ))}
          </ul>
        )}
        {query.hasNextPage && (
          <div className="flex justify-center p-4">
            <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Older tasks
            </Button>
          </div>
        )}
        {query.isSuccess && rows.length === 0 && isFiltered && (
          <EmptyState
            icon={SearchX}
            title="No match"
            action={<Button onClick={clear}>Clear filters</Button>}
          >
            No task fits these filters.
          </EmptyState>
        )}
        {query.isSuccess && rows.length === 0 && !isFiltered && (
          <EmptyState icon={ListChecks} title="No tasks yet" action={<NewTaskLink />}>
            A task is one goal with its inputs: a team of agents plans it, does it and shows each
            step.
          </EmptyState>
        )}
      </div>
    </PageFrame>
  )
}
