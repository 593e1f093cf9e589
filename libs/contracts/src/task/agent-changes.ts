import { z } from 'zod'
import { AgentDraft } from './plan-draft.ts'

const parts = AgentDraft.pick({ prompt: true, description: true, tools: true }).extend({
  suggestions: AgentDraft.shape.suggestions.unwrap(),
})

/** What may be changed of an agent, in words: its P, D, T and S. What is left out stays. */
export const AgentChanges = parts
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, 'say what is to be changed')
export type AgentChanges = z.infer<typeof AgentChanges>

/** The same as a model proposes it: small ones write null for what they leave out. */
export const ProposedAgent = z.object({
  prompt: parts.shape.prompt.nullish(),
  description: parts.shape.description.nullish(),
  tools: parts.shape.tools.nullish(),
  suggestions: parts.shape.suggestions.nullish(),
})
export type ProposedAgent = z.infer<typeof ProposedAgent>
