import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { PlanName, StepId, TaskId, UserId } from '../ids.ts'
import { CallStrategy } from '../llm/call-strategy.ts'
import { ProviderName } from '../llm/chat.ts'
import { NanoUsd } from '../money/nano-usd.ts'
import { heldStepsMax, stepsOfTaskMax } from '../task/expansion.ts'
import { TaskOptions } from '../task/task-options.ts'

/** One piece of work of an agent, as far as its price depends on it. */
const PlannedPiece = z.object({
  agent: z.string(),
  retriesMax: z.int().nonnegative(),
  /** How often it may run: items of a list, rounds of a while. Left out: once. */
  timesMax: z.int().min(1).max(stepsOfTaskMax).optional(),
  /** How often it is expected to. Left out: once. */
  timesExpected: z.int().min(1).max(stepsOfTaskMax).optional(),
  /** Turns of one attempt, where the step itself bounds them. */
  turnsMax: z.int().min(1).optional(),
  /** It runs only if its condition holds. */
  isConditional: z.literal(true).optional(),
  /** Its agent judges what it delivered, and revises it. */
  isRefined: z.literal(true).optional(),
  /** Other agents who judge and revise its output. */
  reviewers: z.array(z.string()).max(8).optional(),
})
export type PlannedPiece = z.infer<typeof PlannedPiece>

/** What a plan says of the work, as far as its price depends on it. */
export const PlannedWork = z.object({
  agents: z
    .array(z.object({ name: z.string(), strategy: CallStrategy.optional() }))
    .min(1)
    .max(50),
  steps: z
    .array(
      PlannedPiece.extend({
        /** Its name in the plan, or its id. */
        step: z.union([PlanName, StepId]),
        /** The work of the plan that it holds, however deep: it does none itself. */
        holds: z.array(PlannedPiece).min(1).max(heldStepsMax).optional(),
      }),
    )
    .min(1)
    .max(1_000),
})
export type PlannedWork = z.infer<typeof PlannedWork>

/**
 * What an expectation rests on, the nearest first: the same role with the same model, any role with
 * that model, any model (its tokens at the price of the one that will answer). `bounds`: there is no
 * history, so the worst is expected. `nothing`: there is neither a history nor a bound.
 */
export const EstimateBasis = z.enum(['role', 'model', 'operation', 'bounds', 'nothing'])
export type EstimateBasis = z.infer<typeof EstimateBasis>

export const EstimateLine = z.object({
  /** The design of team and plan; all steps of a plan that does not exist yet; one step; the judge of results. */
  of: z.enum(['drafting', 'steps', 'step', 'judge']),
  step: z.string().nullable(),
  agent: z.string().nullable(),
  /** Who is expected to answer; null: nobody whose price is known. */
  model: z.object({ provider: ProviderName, model: z.string() }).nullable(),
  basis: EstimateBasis,
  /** How often work like this was done before. */
  samples: z.int().nonnegative(),
  expectedNanoUsd: NanoUsd.nullable(),
  expectedInputTokens: z.int().nonnegative().nullable(),
  expectedOutputTokens: z.int().nonnegative().nullable(),
  /** What code lets it cost at most; null: only limits bound it. */
  worstNanoUsd: NanoUsd.nullable(),
})
export type EstimateLine = z.infer<typeof EstimateLine>

export const EstimateTotal = z.object({
  /** Null when that of a line is not known. */
  expectedNanoUsd: NanoUsd.nullable(),
  worstNanoUsd: NanoUsd.nullable(),
  /** What holds the worst: the limit of the task, or what its plan and the models allow. */
  worstBy: z.enum(['limit', 'plan']).nullable(),
})
export type EstimateTotal = z.infer<typeof EstimateTotal>

/** How far estimates of the last tasks that ended were off. */
export const PastEstimates = z.object({
  tasks: z.int().nonnegative(),
  /** Half of them were off by at most this, in percent of what was expected. */
  medianErrorPercent: z.number().nonnegative().nullable(),
  /** How many cost at most the worst that was told. */
  withinWorst: z.int().nonnegative(),
})
export type PastEstimates = z.infer<typeof PastEstimates>

export const estimateTask = endpoint({
  service: 'budget',
  name: 'estimateTask',
  summary: 'What a task will cost before it runs: expected and at worst, line by line.',
  input: z.object({
    userId: UserId,
    options: TaskOptions,
    /** Null: it has to be drafted first. */
    plan: PlannedWork.nullable(),
  }),
  output: z.object({
    lines: z.array(EstimateLine),
    total: EstimateTotal,
    past: PastEstimates,
  }),
  errors: ['PLAN_INVALID'],
  timeoutMs: 8_000,
})
export type EstimateQuery = z.infer<typeof estimateTask.input>

export const getEstimate = endpoint({
  service: 'budget',
  name: 'getEstimate',
  summary: 'What was expected of a task when its plan stood, and how far that was off.',
  input: z.object({ taskId: TaskId }),
  output: z.object({
    planVersion: z.int().positive(),
    estimatedAt: z.iso.datetime(),
    lines: z.array(EstimateLine),
    total: EstimateTotal,
    /** What its steps cost; null until the task has ended and all of it is booked. */
    actualNanoUsd: NanoUsd.nullable(),
    endedAt: z.iso.datetime().nullable(),
    /** In percent of what was expected; below zero: it cost less. Null: nothing was expected, or not known yet. */
    errorPercent: z.number().nullable(),
    /** The same over the worst. */
    worstErrorPercent: z.number().nullable(),
  }),
  errors: ['NOT_FOUND'],
  timeoutMs: 3_000,
})
export type RecordedEstimate = z.infer<typeof getEstimate.output>
