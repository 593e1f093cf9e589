import type { StepId } from '@maestro/contracts/ids'
import type { BornTask } from '@maestro/task-model/task'
import type { TaskEventAt } from '../../../live/task-event-at.ts'
import type { SpentCall } from './cost-lines.ts'

export type CostFact = { readonly call: SpentCall; readonly stepId: StepId | null }

/** What an event says of money; null: nothing. */
export const costFactOf = ({ event }: TaskEventAt): CostFact | null => {
  if (event?.type !== 'CallFinished' && event?.type !== 'CallFailed') return null
  const { purpose, facts, stepId } = event.data
  const status = event.type === 'CallFinished' ? 'answered' : 'failed'
  return { call: { purpose, status, facts }, stepId }
}

/** The calls of a long task, whose state does not have them. */
export const spentByFacts = (task: BornTask, facts: readonly CostFact[]) =>
  facts.map(({ call, stepId }) => ({
    call,
    step: stepId === null ? null : (task.steps[stepId] ?? null),
  }))
