import type { ApprovalSummary } from '@maestro/contracts/task/task-endpoints'

/** What happens at the deadline. */
export const silenceWords = ({ silence }: Pick<ApprovalSummary, 'silence'>): string =>
  silence === 'tell-agent'
    ? 'without an answer the agent goes on without it'
    : 'without an answer the task is cancelled'
