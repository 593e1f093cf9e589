import { z } from 'zod'
import { AgentId, StepId } from '../../ids.ts'
import { PayloadRef } from '../../payload/payload-ref.ts'

const Turn = { stepId: StepId, attempt: z.int().positive(), turn: z.int().positive() }

/** How the output of a step comes about in versions. */
export const refinementEventData = {
  /** A version that is not the step's output yet. */
  OutputProposed: z.object({
    ...Turn,
    version: z.int().positive(),
    agentId: AgentId,
    output: PayloadRef,
  }),
  OutputJudged: z.object({
    ...Turn,
    round: z.int().positive(),
    agentId: AgentId,
    version: z.int().positive(),
    /** SHA-256 of that version: an agreement belongs to it. */
    hash: z.string(),
    verdict: z.enum(['good', 'revise']),
    notes: z.string().max(2_000),
  }),
} as const
