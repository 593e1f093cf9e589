import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { commandTask, type TaskCommand } from '../../api/tasks.ts'
import { useApp } from '../../shell/app-context.ts'
import { useTaskSession, useView } from './task-context.ts'

type Sent = { command: TaskCommand; seq: number }

/** Sends commands. One is pending until the event that it caused has arrived here. */
export const useTaskCommand = () => {
  const { http } = useApp()
  const { taskId, check } = useTaskSession()
  const head = useView((view) => view.head)
  const [sent, setSent] = useState<Sent | null>(null)
  const { mutate, isPending, variables, error, reset } = useMutation({
    mutationFn: ({ command, reason }: { command: TaskCommand; reason?: string }) =>
      commandTask(http, { taskId, command, ...(reason === undefined ? {} : { reason }) }),
    onSuccess: ({ seq }, { command }) => setSent({ command, seq }),
  })
  const waitsFor = sent !== null && sent.seq > head ? sent.command : null

  return {
    send: mutate,
    pending: isPending ? variables.command : waitsFor,
    checkAgain: () => {
      check()
      // Its answer is not there either: asked for again it is the same command, not another one.
      if (isPending) mutate(variables)
    },
    error,
    forget: () => {
      setSent(null)
      reset()
    },
  }
}
