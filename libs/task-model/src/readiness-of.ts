import type { BornTask, Step } from './task.ts'

/** Where a step stands that has not begun: what it needs is not over, it may begin, or it never will. */
export type Readiness = { is: 'waiting' } | { is: 'ready' } | { is: 'missing'; reason: string }

/** A step needs an end of each need, and the output of at least one of them where it needs any. */
export const readinessOf = ({ needs }: Step, task: BornTask): Readiness => {
  const steps = needs.flatMap((need) => task.steps[need] ?? [])
  const broken = steps.find((step) => step.status === 'failed' && step.onFailure === 'skip')
  if (broken) return { is: 'missing', reason: `"${broken.title}", which it needs, failed` }
  if (!steps.every(hasEnded)) return { is: 'waiting' }
  if (steps.length > 0 && steps.every(({ status }) => status === 'skipped'))
    return { is: 'missing', reason: 'all that it needs was skipped' }
  return { is: 'ready' }
}

/** Its failure is the end of the task. */
export const stopsTask = ({ status, onFailure = 'stop' }: Step): boolean =>
  status === 'failed' && onFailure === 'stop'

/** Nothing more is to come of it, and the task goes on. */
export const hasEnded = (step: Step): boolean =>
  step.status === 'done' ||
  step.status === 'skipped' ||
  (step.status === 'failed' && !stopsTask(step))
