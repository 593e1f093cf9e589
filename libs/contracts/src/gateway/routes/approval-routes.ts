import { z } from 'zod'
import { ApprovalId, TaskId } from '../../ids.ts'
import {
  ApprovalSummary,
  AtSeq,
  decideApproval,
  getApproval,
  listApprovals,
} from '../../task/task-endpoints.ts'
import { UsdText } from '../../money/nano-usd.ts'
import { httpRoutesOf, keyedAs, saidAs } from '../http-route.ts'
import { QueryLimit } from '../query-values.ts'

const tag = 'approvals'
const params = z.object({ approvalId: ApprovalId })

export const approvalRoutes = httpRoutesOf({
  exportApprovals: {
    method: 'GET',
    path: '/api/tasks/:taskId/approvals.jsonl',
    tag,
    summary:
      'Every question and decision of a task, as a chain of JSON lines: `npm run verify:approvals -- <file>` says whether it is whole. `x-approvals-head` is the hash of its last line.',
    access: 'owner',
    params: z.object({ taskId: TaskId }),
    files: ['application/octet-stream'],
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
  listApprovals: {
    method: 'GET',
    path: '/api/approvals',
    tag,
    ...saidAs(listApprovals),
    access: 'owner',
    query: z.strictObject({ status: z.enum(['open', 'all']).default('open'), limit: QueryLimit }),
    answer: listApprovals.output,
    status: 200,
    keyed: false,
  },
  getApproval: {
    method: 'GET',
    path: '/api/approvals/:approvalId',
    tag,
    ...saidAs(getApproval),
    access: 'owner',
    params,
    answer: ApprovalSummary,
    status: 200,
    keyed: false,
  },
  decideApproval: {
    method: 'POST',
    path: '/api/approvals/:approvalId/decision',
    tag,
    summary:
      'Decides an approval, or says how it goes on after a failure; the first decision stands. Reject and redraft say why, other-model says whom to ask; a tool use may be approved with other arguments, a plan with edits, the change of an agent with other words. When money has run out: raise, cheaper-model, drop-steps, finish or stop.',
    access: 'owner',
    params,
    body: z.strictObject({
      decision: decideApproval.input.shape.decision,
      reason: decideApproval.input.shape.reason.default(''),
      expectedSeq: decideApproval.input.shape.expectedSeq,
      strategy: decideApproval.input.shape.strategy,
      digest: decideApproval.input.shape.digest,
      arguments: decideApproval.input.shape.arguments,
      edits: decideApproval.input.shape.edits,
      agent: decideApproval.input.shape.agent,
      /** Of `raise`: by how much, of a budget in money, or in tokens. */
      raiseByUsd: UsdText.optional(),
      raiseByTokens: z.int().positive().optional(),
      /** Of `drop-steps`. */
      stepIds: decideApproval.input.shape.budget.unwrap().shape.stepIds,
    }),
    answer: AtSeq,
    status: 200,
    keyed: true,
    errors: keyedAs(decideApproval).errors,
  },
})
