import type { ApprovalSilence } from '@maestro/contracts/task/approval'
import type { ApprovalSummary } from '@maestro/contracts/task/task-endpoints'

const words: Readonly<Record<ApprovalSilence, string>> = {
  cancel: 'without an answer the task is cancelled',
  'tell-agent': 'without an answer the agent goes on without it',
  keep: 'without an answer the agent is left as it is',
}

/** What happens at the deadline. */
export const silenceWords = ({ silence = 'cancel' }: Pick<ApprovalSummary, 'silence'>): string =>
  words[silence]
