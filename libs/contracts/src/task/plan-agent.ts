import { z } from 'zod'
import { AgentId } from '../ids.ts'
import { CallStrategy } from '../llm/call-strategy.ts'
import { PayloadRef } from '../payload/payload-ref.ts'

/** A = {P, D, T, S} of one plan version. */
export const PlanAgent = z.object({
  agentId: AgentId,
  name: z.string(),
  prompt: PayloadRef,
  description: PayloadRef,
  tools: z.array(z.string()),
  suggestions: z.array(PayloadRef),
  strategy: CallStrategy.optional(),
  /** Of its steps at once. */
  parallelMax: z.int().optional(),
})
export type PlanAgent = z.infer<typeof PlanAgent>

/** Its P, D, T and S alone: what may be changed of it while its task runs. */
export const AgentParts = PlanAgent.pick({
  prompt: true,
  description: true,
  tools: true,
  suggestions: true,
})
export type AgentParts = z.infer<typeof AgentParts>
