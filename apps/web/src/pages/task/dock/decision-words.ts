import type { ApprovalDecision } from '@maestro/contracts/task/approval'

/** What a person decided, after their name: the log tells what they did, a thread what they do. */
export const decisionWords: Record<ApprovalDecision, { did: string; does: string }> = {
  approve: { did: 'approved', does: 'approves' },
  reject: { did: 'rejected it', does: 'rejects it' },
  redraft: { did: 'asked for another draft', does: 'asks for another draft' },
  revise: {
    did: 'asked for it to be done differently',
    does: 'asks for it to be done differently',
  },
  answer: { did: 'answered', does: 'answers' },
  retry: { did: 'let it try again', does: 'lets it try again' },
  'other-model': { did: 'chose another model', does: 'chooses another model' },
  skip: { did: 'left the step out', does: 'leaves the step out' },
  'go-on': { did: 'let it go on without its output', does: 'lets it go on without its output' },
  fail: { did: 'gave it up', does: 'gives it up' },
  accept: { did: 'took what was delivered', does: 'takes what was delivered' },
  raise: { did: 'raised the limit', does: 'raises the limit' },
  'cheaper-model': { did: 'chose a cheaper model', does: 'chooses a cheaper model' },
  'drop-steps': { did: 'left steps out', does: 'leaves steps out' },
  finish: { did: 'let it finish with what is there', does: 'lets it finish with what is there' },
  stop: { did: 'stopped the task', does: 'stops the task' },
}
