import type { Step } from '@maestro/task-model/task'
import { formatElapsed } from '../ui/format-time.ts'

/** Of a step that waits for its next attempt: why, and how long still. Null for every other one. */
export const backoffWords = (step: Step, nowMs: number): string | null => {
  if (step.phase !== 'backoff' || step.retryAt === undefined) return null
  const left = Math.max(0, Math.ceil((Date.parse(step.retryAt) - nowMs) / 1_000)) * 1_000
  return `${reasonOf(step)}, ${formatElapsed(left)}`
}

const reasonOf = ({ calls }: Step): string => {
  const failure = calls.findLast(({ purpose }) => purpose === 'step')?.failure
  return failure ? failure.class.replaceAll('_', ' ') : 'next attempt'
}
