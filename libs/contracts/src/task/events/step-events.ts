import { z } from 'zod'
import { StepId, ToolCallId } from '../../ids.ts'
import { PayloadRef } from '../../payload/payload-ref.ts'
import { RefinementEnd, RefineTurn } from '../step-mode.ts'
import { ReachedLimit } from '../step-caps.ts'

const Turn = { stepId: StepId, attempt: z.int().positive(), turn: z.int().positive() }

/** What steps do: attempts, turns, tools. */
export const stepEventData = {
  StepQueued: z.object({ stepId: StepId }),
  /** All that the step needs has ended: whether its condition holds is looked up in the outputs. */
  ConditionAsked: z.object({ stepId: StepId }),
  ConditionEvaluated: z.object({
    stepId: StepId,
    holds: z.boolean(),
    /** Why it could not be evaluated; null when it could. */
    problem: z.string().nullable(),
  }),
  /** It will not run: its condition does not hold, or what it needs is missing. */
  StepSkipped: z.object({
    stepId: StepId,
    reason: z.string(),
    /** Nobody wanted it, as another one that the same step became had failed. */
    isLeftOut: z.literal(true).optional(),
  }),
  StepStarted: z.object({ stepId: StepId, attempt: z.int().positive() }),
  /** The second and later turns; the first one starts with the step. */
  TurnStarted: z.object({
    ...Turn,
    /** What was wrong with the answer before, when this turn asks to repair it. */ repair: z
      .string()
      .nullable(),
    /** The turn judges a version of the output. */
    refine: RefineTurn.optional(),
  }),
  ToolCalled: z.object({
    ...Turn,
    toolCallId: ToolCallId,
    tool: z.string(),
    arguments: PayloadRef,
  }),
  ToolAnswered: z.object({
    ...Turn,
    toolCallId: ToolCallId,
    ok: z.boolean(),
    result: PayloadRef,
    latencyMs: z.int().nonnegative(),
    /** Why it is not what the step promises, where a tool delivers that. */
    misfit: z.string().optional(),
  }),
  /** The agent is not allowed to call this, or there is no such tool; it is told so as the tool's answer. */
  ToolRefused: z.object({
    ...Turn,
    toolCallId: ToolCallId,
    tool: z.string(),
    reason: z.string(),
    result: PayloadRef,
  }),
  StepFinished: z.object({
    stepId: StepId,
    attempt: z.int().positive(),
    output: PayloadRef,
    /** It is the part of an answer that came, which the step accepts. */
    isIncomplete: z.literal(true).optional(),
    /** Of a step that refines: which version it is, after which round, and why there is no later one. */
    refinement: z
      .object({
        version: z.int().positive(),
        /** 0: nobody was asked. */
        round: z.int().nonnegative(),
        ended: RefinementEnd,
        /** Of `stopped`: by what. */
        reason: z.string().optional(),
      })
      .optional(),
  }),
  StepRetried: z.object({
    stepId: StepId,
    attempt: z.int().positive(),
    reason: z.string(),
    /** When the next attempt starts; left out: at once. */
    dueAt: z.iso.datetime().optional(),
  }),
  StepFailed: z.object({
    stepId: StepId,
    attempt: z.int().positive(),
    reason: z.string(),
    /** The bound that it came to. */ limit: ReachedLimit.optional(),
  }),
} as const
