import type { Step } from '@maestro/task-model/task'
import { useCallback } from 'react'
import { logLineOf } from './dock/log-line.ts'
import { useTaskSession } from './task-context.ts'

/** What happened at an event, in a few words, with its step. */
export const useDescribe = (): ((seq: number) => string) => {
  const session = useTaskSession()
  return useCallback(
    (seq) => {
      const placed = session.events()[seq - 1]
      const { ticks, headTask } = session.view.getState()
      if (placed === undefined) return ticks[seq - 1]?.kind ?? ''
      const { text, stepId } = logLineOf(placed)
      if (stepId === null || headTask.status === 'unborn') return text
      const steps: Readonly<Record<string, Step>> = headTask.steps
      const title = steps[stepId]?.title
      return title === undefined ? text : `${title} ${text}`
    },
    [session],
  )
}
