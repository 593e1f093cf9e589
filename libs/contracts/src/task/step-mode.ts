import { z } from 'zod'
import { AgentId, PlanName } from '../ids.ts'

const roundsMax = z.int().min(1).max(10)

/**
 * How a step comes to its output. `single`: what its agent delivers is the output. `self-refinement`: the
 * agent judges what it delivered against the promise and revises it. `collaborative`: the agents take
 * turns on one output until all of them agree on the same version.
 */
export const StepModeDraft = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('single') }),
  z.object({ kind: z.literal('self-refinement'), roundsMax }),
  z.object({
    kind: z.literal('collaborative'),
    /** Beside the step's own agent, which delivers the first version. */
    agents: z.array(PlanName).min(1).max(8),
    roundsMax,
  }),
])
export type StepModeDraft = z.infer<typeof StepModeDraft>

export const StepMode = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('single') }),
  z.object({ kind: z.literal('self-refinement'), roundsMax: z.int() }),
  z.object({
    kind: z.literal('collaborative'),
    agentIds: z.array(AgentId),
    roundsMax: z.int(),
  }),
])
export type StepMode = z.infer<typeof StepMode>

/** Whose turn it is in which round of a refinement. */
export const RefineTurn = z.object({ round: z.int().positive(), agentId: AgentId })
export type RefineTurn = z.infer<typeof RefineTurn>

/** `agreed`: everybody who was asked finds it good; `unchanged`: nothing was changed any more; `rounds`: none are left; `stopped`: it could not go on. */
export const RefinementEnd = z.enum(['agreed', 'unchanged', 'rounds', 'stopped'])
export type RefinementEnd = z.infer<typeof RefinementEnd>

/** What an agent says of a version of the output. */
export const RefinementAnswer = z.object({
  verdict: z.enum(['good', 'revise']),
  /** Why; the next one reads it. */
  notes: z.string().max(2_000).default(''),
  /** The whole output as it should be; null with "good". */
  output: z.string().max(200_000).nullable().default(null),
})
export type RefinementAnswer = z.infer<typeof RefinementAnswer>
