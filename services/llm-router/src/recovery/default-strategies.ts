import type { RecoveryStrategies, RecoveryStrategy } from '@maestro/contracts/llm/recovery-strategy'

/** Once more after a short pause: what passes has passed by then, and what stays is the next provider's. */
const retryOnce: RecoveryStrategy = {
  do: 'retry',
  triesMax: 2,
  backoffMsBase: 500,
  backoffMsMax: 8_000,
  afterwards: 'fall-back',
}
const fallBack: RecoveryStrategy = { do: 'fall-back' }
const fail: RecoveryStrategy = { do: 'fail' }

/** What ships: version 1. */
export const defaultStrategies: RecoveryStrategies = {
  rate_limited: {
    do: 'wait',
    triesMax: 3,
    // Longer than this the next provider is the faster answer.
    waitMsMax: 2_000,
    lastResortWaitMsMax: 60_000,
    afterwards: 'fall-back',
  },
  overloaded: retryOnce,
  timeout: retryOnce,
  network: retryOnce,
  auth: fallBack,
  not_found: fallBack,
  too_large: fallBack,
  invalid_request: fallBack,
  model_output: { do: 'repair', triesMax: 2, afterwards: 'fall-back' },
  content_blocked: fallBack,
  incomplete_stream: retryOnce,
  cancelled: fail,
  budget: fail,
  deadline: fail,
  no_provider: fail,
  internal: retryOnce,
}
