import { z } from 'zod'
import { StepId } from '../../ids.ts'
import { PayloadRef } from '../../payload/payload-ref.ts'

/** Why it could not be found out; null when it could. */
const problem = z.string().nullable()
/** Which run of the step it is: left out, the first one. */
const attempt = z.int().positive().optional()

/** How a step becomes several: for each item of a list, or again and again. */
export const expansionEventData = {
  /** The step's turn has come: its list is looked up in the outputs. */
  ListAsked: z.object({ stepId: StepId, attempt }),
  /** Each item becomes a step of its own. Long lists come in parts; with the last one it begins. */
  ListExpanded: z.object({
    stepId: StepId,
    attempt,
    items: z.array(PayloadRef),
    part: z.int().positive(),
    parts: z.int().positive(),
    problem,
  }),
  /** The round becomes a step of its own. */
  RoundStarted: z.object({ stepId: StepId, attempt, round: z.int().positive() }),
  /** The round has ended: is there another one? */
  WhileAsked: z.object({ stepId: StepId, attempt, round: z.int().positive() }),
  WhileEvaluated: z.object({
    stepId: StepId,
    attempt,
    round: z.int().positive(),
    holds: z.boolean(),
    problem,
  }),
  /** All items have ended: their outputs are put together. */
  OutputsAsked: z.object({ stepId: StepId, attempt }),
  OutputsCollected: z.object({ stepId: StepId, attempt, output: PayloadRef.nullable(), problem }),
  /** The steps of the plan that it holds become steps of the task. */
  SubPlanStarted: z.object({ stepId: StepId, attempt: z.int().positive() }),
  /** One of those that it became runs again: it goes on with them, as its next run. Rounds after that one are left behind. */
  StepReopened: z.object({
    stepId: StepId,
    attempt: z.int().positive(),
    /** Of those that it became, how many stay: the first ones. */
    kept: z.int().nonnegative(),
    reason: z.string(),
  }),
} as const
