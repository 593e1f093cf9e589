/** How long an attempt may be silent. The SDKs' own timers cover only the headers, or are never cleared. The total deadline is the router's. */
export type AttemptTimers = {
  /** From sending to the response headers of a stream. */
  headersTimeoutMs: number
  /** From the headers to the first content. */
  firstTokenTimeoutMs: number
  /** Between two chunks of a stream. */
  idleTimeoutMs: number
  /** From the finish marker to the end of the stream; what came until then is the answer. */
  drainTimeoutMs: number
  /** For an answer that comes whole: nothing shows its progress. */
  wholeAnswerTimeoutMs: number
}

export const cloudTimers: AttemptTimers = {
  headersTimeoutMs: 30_000,
  firstTokenTimeoutMs: 60_000,
  idleTimeoutMs: 30_000,
  drainTimeoutMs: 2_000,
  wholeAnswerTimeoutMs: 240_000,
}

/** A local model is loaded first, and reads a long prompt at a few hundred tokens a second, before it sends as much as headers. */
export const localTimers: AttemptTimers = {
  headersTimeoutMs: 240_000,
  firstTokenTimeoutMs: 240_000,
  idleTimeoutMs: 60_000,
  drainTimeoutMs: 2_000,
  wholeAnswerTimeoutMs: 290_000,
}
