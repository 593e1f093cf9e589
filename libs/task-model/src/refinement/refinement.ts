import type { AgentId } from '@maestro/contracts/ids'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'

export type RefinementNote = {
  agentId: AgentId
  round: number
  version: number
  verdict: 'good' | 'revise'
  text: string
}

/** Where the output of the present attempt stands. */
export type Refinement = {
  version: number
  output: PayloadRef
  /** Who was asked last, and in which round; 0 and null before the first. */
  round: number
  speakerId: AgentId | null
  /** The hash that each agent finds good, as it said last. */
  agreed: Readonly<Record<AgentId, string>>
  notes: readonly RefinementNote[]
  /** The last one who was asked wanted a change and made none. */
  isUnchanged: boolean
}
