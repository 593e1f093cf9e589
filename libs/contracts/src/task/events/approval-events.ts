import { z } from 'zod'
import { ApprovalId, StepId } from '../../ids.ts'
import { CallStrategy } from '../../llm/call-strategy.ts'
import { PayloadRef } from '../../payload/payload-ref.ts'
import {
  ApprovalDecision,
  ApprovalDigest,
  ApprovalKind,
  ApprovalSilence,
  ApproverRole,
} from '../approval.ts'
import { AgentQuestion } from '../agent-question.ts'
import { BudgetAnswer, BudgetQuestion } from '../budget-question.ts'
import { FailureQuestion } from '../failure-question.ts'
import { AgentParts } from '../plan-agent.ts'
import { ToolQuestion } from '../tool-question.ts'

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
    /** Of a tool use or a question of an agent. */
    toolUse: ToolQuestion.optional(),
    /** Of money that has run out. */
    budget: BudgetQuestion.optional(),
    /** Of the change of an agent. */
    agentChange: AgentQuestion.optional(),
    /** Of what is approved, down to the arguments. */
    digest: ApprovalDigest.optional(),
    /** What happens at `expiresAt`. Left out: the task is cancelled. */
    silence: ApprovalSilence.optional(),
    /** The least that one has to be to decide it. */
    mayDecide: ApproverRole.optional(),
  }),
  ApprovalDecided: z.object({
    approvalId: ApprovalId,
    decision: ApprovalDecision,
    reason: z.string(),
    /** Of `other-model` and `cheaper-model`: who is asked from then on, over what agent and task say. */
    strategy: CallStrategy.optional(),
    /** Of what was decided: with changed arguments another one than was asked about. */
    digest: ApprovalDigest.optional(),
    /** Of a tool use that is approved with other arguments. */
    arguments: PayloadRef.optional(),
    /** What the agent is told: the answer, or why not. */
    told: PayloadRef.optional(),
    /** Of a plan that is approved with edits: the version that they made. */
    planVersion: z.int().positive().optional(),
    /** Of money that has run out. */
    budget: BudgetAnswer.optional(),
    /** Of a change of an agent that is approved with other words: the agent as it is from then on. */
    agent: AgentParts.optional(),
  }),
  /** What was asked about is no more, or something else by now. */
  ApprovalWithdrawn: z.object({ approvalId: ApprovalId, reason: z.string().max(500) }),
  ApprovalExpired: z.object({
    approvalId: ApprovalId,
    /** What the agent is told. */
    told: PayloadRef.optional(),
  }),
} as const
