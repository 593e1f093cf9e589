import { z } from 'zod'
import { CallId, StepId } from '../../ids.ts'
import { PayloadRef } from '../../payload/payload-ref.ts'
import { DraftRole, Observer } from '../draft-role.ts'
import { PlanAgent } from '../plan-agent.ts'
import { Criteria } from '../criteria.ts'
import { PartName } from '../part-name.ts'
import { Finding, OneAgent } from '../plan-draft.ts'
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
    /** Whether the Planner holds a single agent for enough; with the first part. */
    oneAgent: OneAgent.optional(),
  }),
  FindingAnswered: z.object({
    version: z.int().positive(),
    findingId: z.string(),
    addressed: z.boolean(),
    note: z.string(),
    /** The Planner said nothing of it, also when asked again. */
    isUnanswered: z.literal(true).optional(),
  }),
  PlanJudged: z.object({
    version: z.int().positive(),
    hash: z.string(),
    observer: Observer,
    callId: CallId,
    verdict: z.enum(['approve', 'revise']),
    score: z.number(),
    criteria: Criteria.optional(),
    findings: z.array(Finding.extend({ findingId: z.string() })),
    summary: z.string(),
  }),
  PlanConverged: z.object({
    version: z.int().positive(),
    /** `stuck`: a role could not go on, and this is the best version that was judged. */
    reason: z.enum([
      'approved',
      'no-improvement',
      'round-cap',
      'cost-cap',
      'person',
      'given',
      'stuck',
    ]),
    /** Of `stuck`: why. */
    note: z.string().max(1_000).optional(),
  }),
  /** A person wants another plan: a further round follows. */
  DraftGuidanceGiven: z.object({ guidance: PayloadRef }),
  /** A person keeps a part of the plan as it stands in this version, or lets it go again. */
  PlanPartLocked: z.object({
    version: z.int().positive(),
    part: PartName,
    isLocked: z.boolean(),
  }),
} as const
