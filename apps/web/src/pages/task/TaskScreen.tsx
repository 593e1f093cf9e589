import type { Approval } from '@maestro/task-model/task'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect, useRef } from 'react'
import { messageOf, requestIdOf } from '../../api/request-id.ts'
import { isTaskView, paths, type TaskSearch, type TaskViewName } from '../../paths.ts'
import { notices } from '../../shell/notices.ts'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { classes } from '../../ui/classes.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useMedia } from '../../ui/use-media.ts'
import { Announcer } from './Announcer.tsx'
import { ReplayBar } from './ReplayBar.tsx'
import { TaskActions } from './TaskActions.tsx'
import { useTaskSession, useView } from './task-context.ts'
import { TaskHeader } from './TaskHeader.tsx'
import { TaskPanels } from './TaskPanels.tsx'
import { TaskScrubber } from './TaskScrubber.tsx'
import { TaskTabs } from './TaskTabs.tsx'
import { usePosition } from './use-position.ts'
import { useRootMarks } from './use-root-marks.ts'
import { useTaskKeys } from './use-task-keys.ts'
import { useWalk } from './use-walk.ts'
import { viewFor } from './view-for.ts'

const route = getRouteApi('/tasks/$taskId/{-$view}')

// Few tasks ask something, and each way of asking has a form of its own.
const OpenApprovals = lazyPart(() =>
  import('./OpenApprovals.tsx').then((module) => module.OpenApprovals),
)
const TaskPalette = lazyPart(() => import('./TaskPalette.tsx').then((module) => module.TaskPalette))

const skipLook =
  'sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-44 focus:z-50 focus:rounded-6 focus:bg-accent focus:px-3 focus:py-2 focus:text-bg'
const isOpen = ({ status }: Approval) => status === 'open'

/** Everything about one task, at one moment. */
export const TaskScreen = ({ view: named }: { view: string | undefined }) => {
  const session = useTaskSession()
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/tasks/$taskId/{-$view}' })
  const root = useRef<HTMLDivElement>(null)
  const status = useView((view) => view.status)
  const error = useView((view) => view.error)
  const title = useView(({ headTask }) => (headTask.status === 'unborn' ? null : headTask.title))
  const fitting = useView(({ headTask }) => viewFor(headTask))
  const isReplay = useView((view) => view.mode === 'replay')
  const asks = useView(
    ({ task }) => task.status !== 'unborn' && Object.values<Approval>(task.approvals).some(isOpen),
  )
  const position = usePosition(session)
  const isPhone = useMedia('(max-width: 767px)')
  const isWide = useMedia('(min-width: 1200px)')
  const isUnknown = named !== undefined && !isTaskView(named)
  const view: TaskViewName = named === undefined || isUnknown ? fitting : named
  useRootMarks(root)

  const change = useCallback(
    (part: Partial<TaskSearch>) =>
      void navigate({
        search: (before) => ({ ...before, ...part }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  )
  const show = useCallback(
    (next: TaskViewName, part: Partial<TaskSearch> = {}) =>
      void navigate({
        to: paths.task(),
        params: { taskId: session.taskId, view: next },
        search: (before) => ({ ...before, ...part }),
        resetScroll: false,
      }),
    [navigate, session.taskId],
  )

  useEffect(() => {
    // Without a view the address gets the one that fits; it stays while the task goes on.
    if (isUnknown && status === 'ready') notices.tell(`A task has no view “${named}”`, 'failed')
    if ((named === undefined || isUnknown) && status === 'ready')
      void navigate({
        to: paths.task(),
        params: { taskId: session.taskId, view: fitting },
        search: (before) => before,
        replace: true,
      })
  }, [named, isUnknown, status, fitting, navigate, session.taskId])

  const walk = useWalk({ step: search.step, isBeside: isWide, onSearch: change })
  const { search: choose } = walk
  useTaskKeys({ search, position, walk, onView: show })

  const look = useCallback(
    ({ kind, planVersion, stepId }: Approval) => {
      if (stepId !== null) return choose({ step: stepId })
      if (kind === 'budget') return show('costs', {})
      return show('draft', kind === 'plan' ? { version: planVersion } : {})
    },
    [show, choose],
  )
  return (
    <div
      ref={root}
      data-task={session.taskId}
      data-status={status}
      className={classes(
        'flex min-h-0 grow flex-col max-md:overflow-y-auto short:overflow-y-auto',
        isReplay && 'border-4 border-replay',
      )}
    >
      {asks && (
        <a href="#approvals" className={skipLook}>
          Skip to what needs you
        </a>
      )}
      <a href="#scrubber" className={skipLook}>
        Skip to the scrubber
      </a>
      <Announcer />
      <ReplayBar onLive={position.goLive} />
      <PageFrame title={title ?? 'Task'} above={{ to: paths.tasks(), label: 'Tasks' }}>
        {status === 'failed' && error !== null && (
          <ErrorPanel
            title="This task could not be read"
            message={messageOf(error)}
            requestId={requestIdOf(error)}
            {...(error.code === 'NOT_FOUND' ? {} : { onRetry: () => window.location.reload() })}
          />
        )}
        {status === 'loading' && title === null && (
          <SkeletonRows rows={6} label="Loading the task" />
        )}
        {title !== null && (
          <>
            <div className="flex shrink-0 flex-wrap items-center justify-between gap-x-8 gap-y-2 border-b border-line px-4 py-2">
              <TaskHeader />
              <TaskActions />
            </div>
            <TaskPalette
              selected={search.step}
              onSearch={choose}
              onSeek={position.seek}
              onLive={position.goLive}
            />
            <OpenApprovals onLook={look} />
            <TaskTabs
              view={view}
              search={search}
              onDock={(dock) => change({ dock })}
              isPhone={isPhone}
            />
            <TaskPanels
              view={view}
              search={search}
              isPhone={isPhone}
              isWide={isWide}
              walk={walk}
              onSeek={position.seek}
            />
            <TaskScrubber
              axisMode={search.axis ?? 'time'}
              isCompact={isPhone}
              onAxisMode={(mode) => change({ axis: mode === 'events' ? 'events' : undefined })}
              onSeek={position.seek}
              onLive={position.goLive}
            />
          </>
        )}
      </PageFrame>
    </div>
  )
}
