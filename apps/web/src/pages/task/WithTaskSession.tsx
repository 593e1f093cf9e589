import { TaskId } from '@maestro/contracts/ids'
import { type ReactNode, useEffect, useMemo } from 'react'
import { createTaskReads } from '../../api/task-reads.ts'
import { createTaskSession, type TaskSession } from '../../live/task-session.ts'
import { useApp } from '../../shell/app-context.ts'
import { NotFoundPage } from '../NotFoundPage.tsx'
import { TaskContext } from './task-context.ts'

type Props = { taskId: string; children: (session: TaskSession) => ReactNode }

/** Follows one task while what is inside is shown. */
export const WithTaskSession = ({ taskId: named, children }: Props) => {
  const { http, socket } = useApp()
  const taskId = TaskId.safeParse(named).data ?? null
  const session = useMemo(
    () =>
      taskId === null ? null : createTaskSession({ taskId, reads: createTaskReads(http), socket }),
    [taskId, http, socket],
  )
  useEffect(() => session?.start(), [session])

  if (session === null) return <NotFoundPage />
  return <TaskContext value={session}>{children(session)}</TaskContext>
}
