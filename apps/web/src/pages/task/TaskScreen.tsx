import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useCallback, useEffect } from 'react'
import { messageOf, requestIdOf } from '../../api/request-id.ts'
import { isTaskView, paths, type TaskSearch, taskViews, type TaskViewName } from '../../paths.ts'
import { Scrubber } from '../../scrubber/Scrubber.tsx'
import { PageFrame } from '../../shell/PageFrame.tsx'
import { useKeys } from '../../shell/use-keys.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useMedia } from '../../ui/use-media.ts'
import { logLineOf } from './dock/log-line.ts'
import { OpenApprovals } from './OpenApprovals.tsx'
import { ReplayBar } from './ReplayBar.tsx'
import { TaskActions } from './TaskActions.tsx'
import { useTaskSession, useView } from './task-context.ts'
import { TaskHeader } from './TaskHeader.tsx'
import { TaskPanels } from './TaskPanels.tsx'
import { TaskTabs } from './TaskTabs.tsx'
import { useGraph } from './use-graph.ts'
import { usePosition } from './use-position.ts'
import { viewFor } from './view-for.ts'

const route = getRouteApi('/tasks/$taskId/{-$view}')

/** Everything about one task, at one moment. */
export const TaskScreen = ({ view: named }: { view: string | undefined }) => {
  const session = useTaskSession()
  const search = route.useSearch()
  const navigate = useNavigate({ from: '/tasks/$taskId/{-$view}' })
  const status = useView((view) => view.status)
  const error = useView((view) => view.error)
  const headTask = useView((view) => view.headTask)
  const ticks = useView((view) => view.ticks)
  const isReplay = useView((view) => view.mode === 'replay')
  const shownSeq = useView((view) => view.seq)
  const { hash } = useGraph()
  const position = usePosition(session)
  const isPhone = useMedia('(max-width: 767px)')
  const view: TaskViewName = named !== undefined && isTaskView(named) ? named : viewFor(headTask)

  const change = useCallback(
    (part: Partial<TaskSearch>, options: { replace?: boolean } = {}) =>
      void navigate({
        search: (before) => ({ ...before, ...part }),
        replace: options.replace ?? true,
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
    if (named === undefined && status === 'ready')
      void navigate({
        to: paths.task(),
        params: { taskId: session.taskId, view: viewFor(headTask) },
        search: (before) => before,
        replace: true,
      })
  }, [named, status, headTask, navigate, session.taskId])

  useKeys({
    ...Object.fromEntries(taskViews.map((name, index) => [String(index + 1), () => show(name)])),
    d: () => change({ dock: search.dock === 'closed' ? undefined : 'closed' }),
    i: () =>
      change({
        step:
          search.step !== undefined || headTask.status === 'unborn' ? undefined : headTask.order[0],
      }),
    l: position.goLive,
    ',': () => position.seek((isReplay ? shownSeq : ticks.length) - 1),
    '.': () => isReplay && position.seek(shownSeq + 1),
    a: () => document.querySelector<HTMLElement>('[data-approval]')?.focus(),
  })

  const describe = useCallback(
    (seq: number) => {
      const placed = session.events()[seq - 1]
      const tick = session.view.getState().ticks[seq - 1]
      if (placed === undefined) return tick?.kind ?? ''
      const { text, stepId } = logLineOf(placed)
      const { headTask: task } = session.view.getState()
      const step = task.status === 'unborn' || stepId === null ? null : task.steps[stepId as never]
      const title = (step as { title: string } | null | undefined)?.title
      return title === undefined ? text : `${title} ${text}`
    },
    [session],
  )

  const title = headTask.status === 'unborn' ? 'Task' : headTask.title
  return (
    <div
      data-task={session.taskId}
      data-mode={isReplay ? 'replay' : 'live'}
      data-seq={shownSeq}
      data-graph-hash={hash}
      data-status={status}
      className={`flex min-h-0 grow flex-col ${isReplay ? 'border-4 border-replay' : ''}`}
    >
      <a
        href="#scrubber"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-44 focus:z-50 focus:rounded-6 focus:bg-accent focus:px-3 focus:py-2 focus:text-bg"
      >
        Skip to the scrubber
      </a>
      <ReplayBar onLive={position.goLive} />
      <PageFrame title={title} above={{ to: paths.tasks(), label: 'Tasks' }}>
        {status === 'failed' && error !== null && (
          <ErrorPanel
            title="This task could not be read"
            message={messageOf(error)}
            requestId={requestIdOf(error)}
            {...(error.code === 'NOT_FOUND' ? {} : { onRetry: () => window.location.reload() })}
          />
        )}
        {status === 'loading' && headTask.status === 'unborn' && (
          <SkeletonRows rows={6} label="Loading the task" />
        )}
        {headTask.status !== 'unborn' && (
          <>
            <div className="flex shrink-0 flex-wrap items-center justify-between gap-x-8 gap-y-2 border-b border-line px-4 py-2">
              <TaskHeader />
              <TaskActions />
            </div>
            <OpenApprovals
              onLook={({ kind, planVersion, stepId }) =>
                kind === 'plan'
                  ? show('draft', { version: planVersion })
                  : change({ step: stepId ?? undefined })
              }
            />
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
              onSearch={change}
              onSeek={position.seek}
            />
            <Scrubber
              ticks={ticks}
              place={session.view}
              isReplay={isReplay}
              axisMode={search.axis ?? 'time'}
              isCompact={isPhone}
              describe={describe}
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
