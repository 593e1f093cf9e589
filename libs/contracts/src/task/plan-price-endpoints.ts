import { z } from 'zod'
import { EstimateBasis, EstimateTotal } from '../budget/estimate-endpoints.ts'
import { endpoint } from '../endpoint.ts'
import { StepId, TaskId } from '../ids.ts'
import { NanoUsd } from '../money/nano-usd.ts'

/** The price of one step: expected by what such work used before, at worst by what code allows. */
export const StepPrice = z.object({
  stepId: StepId,
  basis: EstimateBasis,
  /** How often work like this was done before. */
  samples: z.int().nonnegative(),
  expectedNanoUsd: NanoUsd.nullable(),
  worstNanoUsd: NanoUsd.nullable(),
  /** How often it may run: more than once for each item of a list, or while something holds. The expectation is of one. */
  timesMax: z.int().positive(),
})

export const pricePlan = endpoint({
  service: 'orchestrator',
  name: 'pricePlan',
  summary:
    'What a version of a plan would cost as prices are now, step by step, and what one agent that does the whole goal in one step would.',
  input: z.object({ taskId: TaskId, version: z.int().positive() }),
  output: z.object({
    version: z.int().positive(),
    /** In the order of the plan. */
    steps: z.array(StepPrice),
    team: EstimateTotal,
    oneAgent: EstimateTotal.extend({
      basis: EstimateBasis,
      samples: z.int().nonnegative(),
    }),
  }),
  errors: ['NOT_FOUND'],
  timeoutMs: 10_000,
})
export type PlanPrice = z.infer<typeof pricePlan.output>
