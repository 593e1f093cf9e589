import { z } from 'zod'
import { AgentId, StepId } from '../../ids.ts'
import { PayloadRef } from '../../payload/payload-ref.ts'
import { PlanAgent } from '../plan-agent.ts'
import { editsMax, PlanEditKind } from '../plan-edit.ts'
import { PlanStep } from '../plan-step.ts'

/** What people do to the plan itself once it stands. */
export const surgeryEventData = {
  /** The plan is another version from here on: what differs from `baseVersion`, whole parts each. */
  PlanEdited: z.object({
    version: z.int().min(2),
    baseVersion: z.int().positive(),
    /** Of the content of the version: an approval belongs to it. */
    hash: z.string(),
    /** What was written: the edits by names, or which version was restored. */
    document: PayloadRef,
    reason: z.string(),
    /** What was done, in order, for people. */
    edits: z
      .array(
        z.object({
          kind: PlanEditKind,
          stepId: StepId.optional(),
          agentId: AgentId.optional(),
        }),
      )
      .max(editsMax),
    /** Of an undo: the version whose content this is. */
    restores: z.int().positive().optional(),
    /** Added or changed. */
    agents: z.array(PlanAgent),
    /** Added or changed, as the plan lists them. */
    steps: z.array(PlanStep),
    removed: z.array(StepId),
    /** Where each added one stands: behind this one; null: first. */
    places: z.array(z.object({ stepId: StepId, after: StepId.nullable() })),
    resultStepId: StepId,
  }),
} as const
