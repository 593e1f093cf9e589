import { TaskId } from '@maestro/contracts/ids'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useMemo } from 'react'
import { createTaskReads } from '../../api/task-reads.ts'
import { createTaskSession } from '../../live/task-session.ts'
import { useApp } from '../../shell/app-context.ts'
import { NotFoundPage } from '../NotFoundPage.tsx'
import { TaskContext } from './task-context.ts'
import { TaskScreen } from './TaskScreen.tsx'

const route = getRouteApi('/tasks/$taskId/{-$view}')

/** Follows one task while its page is open. */
export const TaskPage = () => {
  const params = route.useParams()
  const { http, socket } = useApp()
  const taskId = TaskId.safeParse(params.taskId).data ?? null
  const session = useMemo(
    () =>
      taskId === null ? null : createTaskSession({ taskId, reads: createTaskReads(http), socket }),
    [taskId, http, socket],
  )
  useEffect(() => session?.start(), [session])

  if (session === null) return <NotFoundPage />
  return (
    <TaskContext value={session}>
      <TaskScreen key={session.taskId} view={params.view} />
    </TaskContext>
  )
}
