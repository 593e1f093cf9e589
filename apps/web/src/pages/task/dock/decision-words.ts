import type { ApprovalDecision } from '@maestro/contracts/task/approval'

/** What a person said, after "said". */
export const decisionWords: Record<ApprovalDecision, string> = {
  approve: 'approve',
  reject: 'reject',
  redraft: 'redraft',
  revise: 'to do it differently',
  answer: 'an answer',
  retry: 'to try again',
  'other-model': 'to ask another model',
  skip: 'to leave the step out',
  'go-on': 'to go on without its output',
  fail: 'to give it up',
  accept: 'to take what was delivered',
  raise: 'to raise the limit',
  'cheaper-model': 'to ask a cheaper model',
  'drop-steps': 'to leave steps out',
  finish: 'to finish with what is there',
  stop: 'to stop',
}
