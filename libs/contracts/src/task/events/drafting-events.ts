import { z } from 'zod'
import { CallId, StepId } from '../../ids.ts'
import { PayloadRef } from '../../payload/payload-ref.ts'
import { DraftRole, Observer } from '../draft-role.ts'
import { PlanAgent } from '../plan-agent.ts'
import { Finding } from '../plan-draft.ts'
import { PlanStep } from '../plan-step.ts'

/** Versions of the plan, and what the roles of the drafting say of them. */
export const draftingEventData = {
  DraftingStarted: z.object({ round: z.int().positive(), guidance: PayloadRef.nullable() }),
  /** A turn of one role in a round: an observer's first one, or a further one, to repair an answer or to ask again after a pause. The Planner's first turn starts with the round. */
  DraftTurnStarted: z.object({
    round: z.int().positive(),
    role: DraftRole,
    turn: z.int().positive(),
    repair: z.string().nullable(),
  }),
  /** One part of a plan version; the version stands with its last part. */
  PlanProposed: z.object({
    version: z.int().positive(),
    /** SHA-256 of the plan document: verdicts belong to it. */
    hash: z.string(),
    author: z.enum(['planner', 'person']),
    callId: CallId.nullable(),
    part: z.int().positive(),
    parts: z.int().positive(),
    document: PayloadRef,
    rationale: z.string().max(4_000),
    agents: z.array(PlanAgent),
    steps: z.array(PlanStep),
    resultStepId: StepId,
  }),
  FindingAnswered: z.object({
    version: z.int().positive(),
    findingId: z.string(),
    addressed: z.boolean(),
    note: z.string(),
  }),
  PlanJudged: z.object({
    version: z.int().positive(),
    hash: z.string(),
    observer: Observer,
    callId: CallId,
    verdict: z.enum(['approve', 'revise']),
    score: z.number(),
    findings: z.array(Finding.extend({ findingId: z.string() })),
    summary: z.string(),
  }),
  PlanConverged: z.object({
    version: z.int().positive(),
    reason: z.enum(['approved', 'no-improvement', 'round-cap', 'given']),
  }),
} as const
