import type { CallPurpose } from '@maestro/contracts/llm/call-work'
import type { Usage } from '@maestro/contracts/money/cost-of'
import type { NanoUsd } from '@maestro/contracts/money/nano-usd'
import type { Attempt } from './reservation.ts'

/** A line of the ledger. */
export type Booking = {
  readonly attempt: Attempt
  readonly purpose: CallPurpose | null
  readonly model: string
  readonly kind: 'settled' | 'estimated' | 'corrected'
  /** What this line adds to the spending; a correction may take away. */
  readonly amountNanoUsd: number
  readonly overrunNanoUsd: NanoUsd
  readonly usage: Usage | null
  readonly pricedAsAnswered: boolean
}

const purposeOfRole: Record<string, CallPurpose> = {
  planner: 'plan',
  'agent-observer': 'judge-agents',
  'plan-observer': 'judge-plan',
}

/** Ids of calls say what they are for: `call_<task>_draft_<round>_<role>_<turn>` or `call_<task>_<step>_<attempt>_<turn>`. */
export const purposeOf = (callId: string): CallPurpose | null => {
  const words = callId.split('_').slice(2)
  if (words.length === 3) return 'step'
  return words[0] === 'draft' ? (purposeOfRole[words[2] ?? ''] ?? null) : null
}
