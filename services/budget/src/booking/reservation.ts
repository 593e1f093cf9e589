import type { AgentId, StepId, TaskId, UserId } from '@maestro/contracts/ids'
import type { CallPurpose } from '@maestro/contracts/llm/call-work'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { Rate } from '@maestro/contracts/money/cost-of'
import { type Amount, nothing } from './amount.ts'

/** Who may send, for whom, and what it was asked for. */
export type Attempt = {
  readonly attemptId: string
  readonly callId: string
  readonly taskId: TaskId
  readonly userId: UserId
  readonly agentId: AgentId | null
  readonly stepId: StepId | null
  readonly purpose: CallPurpose
  readonly provider: ProviderName
  readonly model: string
  /** The price of the model asked for, at the moment of the reservation. */
  readonly rate: Rate
}

export type Reservation = Attempt & {
  readonly held: Amount
  readonly state: 'held' | 'settled' | 'released'
  readonly estimate: 'usage-unknown' | 'lease-expired' | null
  /** What it is settled at. */
  readonly cost: Amount
  /** What of the cost lies beyond what was held for it. */
  readonly overrun: Amount
  /** Says in which windows it counts, also when it is settled in later ones. */
  readonly reservedAt: Date
  readonly expiresAt: Date
}

export type Counted = { readonly settled: Amount; readonly reserved: Amount }

/** What a reservation adds to the counters of the levels over it. Counters are the sum of these, always. */
export const countedBy = (reservation: Reservation | undefined): Counted => {
  switch (reservation?.state) {
    case 'held':
      return { settled: nothing, reserved: reservation.held }
    case 'settled':
      return { settled: reservation.cost, reserved: nothing }
    case 'released':
    case undefined:
      return { settled: nothing, reserved: nothing }
  }
}
