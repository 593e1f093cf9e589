/** Why a running call is aborted from outside. */
export type StopReason =
  /** Somebody does not want it any more. */
  | 'cancelled'
  | 'deadline'
  /** This worker goes; another one goes on. */
  | 'stopping'
  /** Another worker owns the call by now. */
  | 'lost'

const reasons: readonly StopReason[] = ['cancelled', 'deadline', 'stopping', 'lost']

/** Null: not stopped. */
export const stopReasonOf = (signal: AbortSignal): StopReason | null => {
  if (!signal.aborted) return null
  const reason: unknown = signal.reason
  return reasons.find((known) => known === reason) ?? 'stopping'
}
