import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import type { RecoveryStrategy } from '@maestro/contracts/llm/recovery-strategy'

type Possible = {
  do: readonly RecoveryStrategy['do'][]
  /** Why not the rest. */
  whyNotMore: string
}

const passing: Possible = {
  do: ['retry', 'fall-back', 'ask', 'fail'],
  whyNotMore:
    'The provider neither says how long to wait, nor gave an answer that could be repaired.',
}
const refused: Possible = {
  do: ['fall-back', 'ask', 'fail'],
  whyNotMore: 'The same provider would refuse the same request again.',
}
const final = (whyNotMore: string): Possible => ({ do: ['fail'], whyNotMore })

/** What makes sense after each class of failure; the rest would only cost time or money. */
export const possibleStrategies: Readonly<Record<FailureClass, Possible>> = {
  rate_limited: {
    do: ['wait', 'fall-back', 'ask', 'fail'],
    whyNotMore: 'The provider says when it may be asked again; asking earlier prolongs the limit.',
  },
  overloaded: passing,
  timeout: passing,
  network: passing,
  auth: refused,
  not_found: refused,
  too_large: refused,
  invalid_request: refused,
  model_output: {
    do: ['retry', 'repair', 'fall-back', 'ask', 'fail'],
    whyNotMore: 'The provider did not ask to wait.',
  },
  content_blocked: refused,
  incomplete_stream: passing,
  cancelled: final('Whoever cancelled the call does not want it any more.'),
  budget: final(
    'No other try costs nothing: the limit has to be raised first, or its window to end.',
  ),
  deadline: { do: ['ask', 'fail'], whyNotMore: 'No time is left for another try.' },
  no_provider: { do: ['ask', 'fail'], whyNotMore: 'Nobody is left who could be asked.' },
  internal: passing,
}
