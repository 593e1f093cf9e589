import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { newIdempotencyKey } from '../../api/new-key.ts'
import { commandTask, type TaskCommand } from '../../api/tasks.ts'
import { useApp } from '../../shell/app-context.ts'
import { useTaskSession, useView } from './task-context.ts'

/** After this long without its event a command says that it still waits. */
const patienceMs = 10_000

type Sent = { command: TaskCommand; seq: number }

/** Sends commands. One is pending until the event that it caused has arrived here. */
export const useTaskCommand = () => {
  const { http } = useApp()
  const { taskId } = useTaskSession()
  const head = useView((view) => view.head)
  const [sent, setSent] = useState<Sent | null>(null)
  const [isLate, setIsLate] = useState(false)
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
  const waits = waitsFor !== null

  useEffect(() => {
    setIsLate(false)
    if (!waits) return
    const timer = setTimeout(() => setIsLate(true), patienceMs)
    return () => clearTimeout(timer)
  }, [waits])

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
