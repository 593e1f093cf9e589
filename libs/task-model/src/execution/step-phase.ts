/** What a started step waits for. */
export type StepPhase =
  | 'calling'
  | 'answered'
  | 'incomplete'
  | 'tools'
  | 'refused'
  | 'call-failed'
  /** The judge reads what it found, or would deliver. */
  | 'judging'
  /** The next attempt starts at `retryAt`. */
  | 'backoff'
  /** A person has to say how it goes on after a failure. */
  | 'asked'
