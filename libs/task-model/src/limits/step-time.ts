import type { EventOf } from '../event-of.ts'
import type { TaskEventType } from '@maestro/contracts/task/task-events'
import { withStep } from '../execution/with-step.ts'
import type { BornTask, Step } from '../task.ts'

export const runMsOf = ({ clock }: Pick<Step, 'clock'>, at: string): number => {
  if (clock === undefined) return 0
  const { runMs, since } = clock
  return since === null ? runMs : runMs + Math.max(0, Date.parse(at) - Date.parse(since))
}

/** When its time ends; null while its clock stands still, or when nothing caps it. */
export const stepEndsAt = ({ clock, caps }: Step): number | null => {
  if (caps?.durationMs === undefined || !clock || clock.since === null) return null
  return Date.parse(clock.since) + caps.durationMs - clock.runMs
}

/** The state with the clocks of the steps that `event` may have started or stopped. */
export const withStepClocks = (task: BornTask, event: EventOf<TaskEventType>): BornTask => {
  switch (event.type) {
    case 'TaskPaused':
    case 'TaskResumed':
      return task.order.reduce((known, stepId) => withClock(known, stepId, event.at), task)
    default: {
      const stepId = 'stepId' in event.data ? event.data.stepId : null
      if (stepId !== null) return withClock(task, stepId, event.at)
      if (event.type !== 'ApprovalDecided') return task
      const asked = task.approvals[event.data.approvalId]?.stepId ?? null
      return asked === null ? task : withClock(task, asked, event.at)
    }
  }
}

const withClock = (task: BornTask, stepId: Step['stepId'], at: string): BornTask => {
  const step = task.steps[stepId]
  if (step?.caps?.durationMs === undefined) return task
  const isRunning = runs(step, task)
  if (isRunning === ((step.clock?.since ?? null) !== null)) return task
  const clock = { runMs: runMsOf(step, at), since: isRunning ? at : null }
  return withStep(task, stepId, () => ({ clock }))
}

const runs = ({ phase, stepId }: Step, { pause, steppedIds, stage }: BornTask): boolean =>
  stage === 'execution' &&
  phase !== null &&
  phase !== 'asked' &&
  // A step is not held to its time by who watches it.
  phase !== 'judging' &&
  (pause === null || steppedIds.includes(stepId))
