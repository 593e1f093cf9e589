import { z } from 'zod'
import { ApprovalId, StepId } from '../../ids.ts'
import { CallStrategy } from '../../llm/call-strategy.ts'
import { ApprovalDecision, ApprovalKind } from '../approval.ts'
import { FailureQuestion } from '../failure-question.ts'

/** Questions to people, and their answers. */
export const approvalEventData = {
  ApprovalRequested: z.object({
    approvalId: ApprovalId,
    kind: ApprovalKind,
    /** The one that runs or is judged; before there is one, the first. */
    planVersion: z.int().positive(),
    stepId: StepId.nullable(),
    ask: z.string(),
    expiresAt: z.iso.datetime(),
    /** Of a failure: what failed, what was tried, and what can be chosen. */
    question: FailureQuestion.optional(),
  }),
  ApprovalDecided: z.object({
    approvalId: ApprovalId,
    decision: ApprovalDecision,
    reason: z.string(),
    /** Of `other-model`: who is asked from then on, over what agent and task say. */
    strategy: CallStrategy.optional(),
  }),
  ApprovalExpired: z.object({ approvalId: ApprovalId }),
} as const
