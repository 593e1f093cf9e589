import type { Step } from '@maestro/task-model/task'
import { useCallback } from 'react'
import { logLineOf } from './dock/log-line.ts'
import { kindWords } from './kind-words.ts'
import { useTaskSession } from './task-context.ts'

/** What happened at an event, in a few words, with its step. Of an event that is not here, what its tick tells. */
export const useDescribe = (): ((seq: number) => string) => {
  const session = useTaskSession()
  return useCallback(
    (seq) => {
      const placed = session.event(seq)
      const { ticks, headTask } = session.view.getState()
      const tick = ticks[seq - 1]
      if (placed === undefined && tick === undefined) return ''
      const { text, stepId } = placed
        ? logLineOf(placed)
        : { text: kindWords(tick?.kind ?? ''), stepId: tick?.stepId ?? null }
      if (stepId === null || headTask.status === 'unborn') return text
      const steps: Readonly<Record<string, Step>> = headTask.steps
      const title = steps[stepId]?.title
      return title === undefined ? text : `${title} ${text}`
    },
    [session],
  )
}
