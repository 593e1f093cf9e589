import { approvalRoutes } from '@maestro/contracts/gateway/routes/approval-routes'
import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { AgentChanges } from '@maestro/contracts/task/agent-changes'
import type { ApprovalDecision } from '@maestro/contracts/task/approval'
import type { PlanEditDraft } from '@maestro/contracts/task/plan-edit'
import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Http } from './http.ts'

export const approvalsKey = ['approvals'] as const

export const openApprovalsQuery = (http: Http) =>
  queryOptions({
    queryKey: [...approvalsKey, 'open'],
    queryFn: ({ signal }) =>
      http.json(approvalRoutes.listApprovals, { query: { status: 'open', limit: 200 }, signal }),
  })

export type Decision = {
  approvalId: string
  decision: ApprovalDecision
  reason: string
  expectedSeq: number
  strategy?: CallStrategy
  /** Of what was seen. */
  digest?: string
  /** A tool use is approved with these instead. */
  arguments?: string
  /** Of money that has run out. */
  raiseByUsd?: string
  raiseByTokens?: number
  stepIds?: readonly string[]
  /** A plan is approved with these. */
  edits?: readonly PlanEditDraft[]
  /** The change of an agent is approved in these words. */
  agent?: z.input<typeof AgentChanges>
}

export const decideApproval = (http: Http, { approvalId, ...body }: Decision) =>
  http.json(approvalRoutes.decideApproval, { params: { approvalId }, body })

export const readApproval = (http: Http, approvalId: string) =>
  http.json(approvalRoutes.getApproval, { params: { approvalId } })

export const approvalQuery = (http: Http, approvalId: string) =>
  queryOptions({
    queryKey: [...approvalsKey, approvalId],
    queryFn: ({ signal }) =>
      http.json(approvalRoutes.getApproval, { params: { approvalId }, signal }),
  })
