import type { TaskId } from '@maestro/contracts/ids'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { Rate } from '@maestro/contracts/money/cost-of'
import { type NanoUsd, noMoney } from '@maestro/contracts/money/nano-usd'

/** Who may send, and what it was asked for. */
export type Attempt = {
  readonly attemptId: string
  readonly callId: string
  readonly taskId: TaskId
  readonly provider: ProviderName
  readonly model: string
  /** The price of the model asked for, at the moment of the reservation. */
  readonly rate: Rate
}

export type Reservation = Attempt & {
  readonly heldNanoUsd: NanoUsd
  /** Where it counts: of the window in which it was made, also when it is settled in a later one. */
  readonly levelIds: readonly string[]
  readonly state: 'held' | 'settled' | 'released'
  readonly estimate: 'usage-unknown' | 'lease-expired' | null
  readonly costNanoUsd: NanoUsd
  readonly overrunNanoUsd: NanoUsd
  readonly reservedAt: Date
  readonly expiresAt: Date
}

/** What a reservation adds to the counters of its levels. Counters are the sum of these, always. */
export const countedBy = (
  reservation: Reservation | undefined,
): { settled: NanoUsd; reserved: NanoUsd } => {
  switch (reservation?.state) {
    case 'held':
      return { settled: noMoney, reserved: reservation.heldNanoUsd }
    case 'settled':
      return { settled: reservation.costNanoUsd, reserved: noMoney }
    case 'released':
    case undefined:
      return { settled: noMoney, reserved: noMoney }
  }
}
