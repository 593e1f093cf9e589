import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { newIdempotencyKey } from '../../api/new-key.ts'
import { commandTask, type TaskCommand } from '../../api/tasks.ts'
import { useApp } from '../../shell/app-context.ts'
import { useTaskSession, useView } from './task-context.ts'
import { useIsLate } from './use-is-late.ts'

type Sent = { command: TaskCommand; seq: number }

/** Sends commands. One is pending until the event that it caused has arrived here. */
export const useTaskCommand = () => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const head = useView((view) => view.head)
  const [sent, setSent] = useState<Sent | null>(null)
  const mutation = useMutation({
    mutationFn: ({ command, reason }: { command: TaskCommand; reason?: string }) =>
      commandTask(
        http,
        { taskId, command, ...(reason === undefined ? {} : { reason }) },
        newIdempotencyKey(),
      ),
    onSuccess: ({ seq }, { command }) => setSent({ command, seq }),
  })
  const waitsFor = sent !== null && sent.seq > head ? sent.command : null
  const isLate = useIsLate(waitsFor !== null)

  return {
    send: mutation.mutate,
    pending: mutation.isPending ? mutation.variables.command : waitsFor,
    isLate,
    error: mutation.error,
    forget: () => {
      setSent(null)
      mutation.reset()
    },
  }
}
