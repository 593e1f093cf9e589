import type { ApprovalDecision } from '@maestro/contracts/task/approval'
import type { FailureChoice } from '@maestro/contracts/task/failure-question'
import type { Approval } from '../task.ts'

/** How it can go on after a failure: of a role of the drafting, which cannot be left out; of a call; of what a step delivers; of a step that has failed for good. */
export const failureChoices = {
  draft: ['retry', 'other-model', 'fail'],
  call: ['retry', 'other-model', 'skip', 'fail'],
  delivery: ['accept', 'retry', 'other-model', 'skip', 'fail'],
  step: ['retry', 'other-model', 'skip', 'go-on', 'fail'],
} as const satisfies Record<string, readonly FailureChoice[]>

const fixed = {
  plan: ['approve', 'redraft', 'reject'],
  step: ['approve', 'revise', 'reject'],
  tool: ['approve', 'revise', 'reject'],
  question: ['answer'],
  agent: ['approve', 'revise', 'reject'],
} as const satisfies Partial<Record<Approval['kind'], readonly ApprovalDecision[]>>

/** What can be said to a question. */
export const choicesOf = ({
  kind,
  question,
  budget,
}: Pick<Approval, 'kind' | 'question' | 'budget'>): readonly ApprovalDecision[] => {
  if (kind === 'failure') return question?.choices ?? []
  return kind === 'budget' ? (budget?.choices ?? []) : fixed[kind]
}
