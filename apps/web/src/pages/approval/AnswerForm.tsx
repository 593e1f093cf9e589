import type { ApprovalSummary } from '@maestro/contracts/task/task-endpoints'
import type { Seen } from './decide-as-seen.ts'
import { DecisionForm } from './DecisionForm.tsx'
import { FailureForm } from './FailureForm.tsx'

type Props = {
  approval: Pick<ApprovalSummary, 'kind' | 'question'>
  /** What the person has before them: the answer holds only for it. */
  seen: Seen
  /** Why nothing can be answered now. */
  unavailable: string | null
}

/** The answers that fit what is asked. */
export const AnswerForm = ({ approval: { kind, question }, seen, unavailable }: Props) =>
  question === undefined ? (
    <DecisionForm kind={kind === 'plan' ? 'plan' : 'step'} seen={seen} unavailable={unavailable} />
  ) : (
    <FailureForm question={question} seen={seen} unavailable={unavailable} />
  )
