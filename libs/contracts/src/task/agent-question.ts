import { z } from 'zod'
import { AgentId, CallId, StepId } from '../ids.ts'
import { AgentParts } from './plan-agent.ts'

/** Steps that a question names. */
export const usesMax = 20

/** A change of an agent that waits for a person, exactly as it would be made. */
export const AgentQuestion = z.object({
  agentId: AgentId,
  name: z.string(),
  /** The version that it would change: 1 is the plan's. Another one by now makes the question void. */
  version: z.int().positive(),
  before: AgentParts,
  after: AgentParts,
  /** Why, for people. */
  reason: z.string().max(1_000),
  /** The call of the judge who wants it, and the attempt that it had read. */
  callId: CallId,
  attempt: z.int().positive(),
  turn: z.int().positive(),
  /** What would be done by the changed agent, as it stood when it was asked: the step that waits, then those that have not begun; the first ones. */
  uses: z.array(z.object({ stepId: StepId, title: z.string() })).max(usesMax),
})
export type AgentQuestion = z.infer<typeof AgentQuestion>
