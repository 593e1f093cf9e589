import type { CallId, StepId } from '@maestro/contracts/ids'
import { openExpansionOf } from '../expansion/expansion-effects.ts'
import type { Approval, BornTask, Step, Task } from '../task.ts'

/** Work that steering asks for. */
export type SteeringEffect =
  | { kind: 'start-retry'; stepId: StepId; attempt: number }
  | { kind: 'cancel-calls'; callIds: readonly CallId[] }
type Placed<Kind> = { id: string; dueAt: string | null } & Kind

export const retryEffectId = (stepId: StepId, attempt: number) => `retry:${stepId}:${attempt}`

/** The timers of steps that wait for their next attempt; a pause may have let them pass. */
export const retryTimers = ({ steps, stage }: BornTask): Placed<SteeringEffect>[] => {
  if (stage !== 'execution') return []
  return Object.values<Step>(steps).flatMap(({ stepId, attempt, phase, retryAt }) =>
    phase === 'backoff' && retryAt !== undefined
      ? [
          {
            id: retryEffectId(stepId, attempt),
            dueAt: retryAt,
            kind: 'start-retry' as const,
            stepId,
            attempt,
          },
        ]
      : [],
  )
}

/** A step that comes to its end while it waits for its next attempt, or for what is looked up of it, waits no more. */
export const closedByEnd = (stepId: StepId, before: Task): readonly string[] => {
  const step = before.status === 'unborn' ? undefined : before.steps[stepId]
  if (!step) return []
  const retry = step.phase === 'backoff' ? [retryEffectId(stepId, step.attempt)] : []
  return [...retry, ...openExpansionOf(step)]
}

/** What a step had waited for before it was reset, but for its calls: they answer for themselves. */
export const closedByReset = (stepId: StepId, before: Task): readonly string[] => {
  if (before.status === 'unborn') return []
  const step = before.steps[stepId]
  if (!step) return []
  const turn = step.turns.at(-1)
  const tools = (turn?.toolUses ?? []).filter(({ status }) => status === 'running')
  const approvals = Object.values<Approval>(before.approvals).filter(
    (approval) => approval.stepId === stepId && approval.status === 'open',
  )
  return [
    ...tools.map(
      ({ toolCallId }) => `tool:${stepId}:${step.attempt}:${turn?.turn ?? 0}:${toolCallId}`,
    ),
    ...approvals.map(({ approvalId }) => `approval:${approvalId}`),
    ...closedByEnd(stepId, before),
    ...(step.condition === 'asked' ? [`condition:${stepId}`] : []),
  ]
}
