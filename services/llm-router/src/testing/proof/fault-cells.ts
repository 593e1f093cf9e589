import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import type {
  EmulatedFault,
  EmulatedProvider,
  EmulatedReply,
  Refusal,
} from '@maestro/testkit/providers/emulator-script'

// What has to follow from each class of failure, at each provider, at each moment of its answer, with
// the strategies that ship. `P` is the provider that fails, `R` the next one (rehearsal).

export const moments = ['before', 'during', 'after'] as const
/** `before` the response headers; `during`: they came, and no content; `after` the first content. */
export type Moment = (typeof moments)[number]

export const providers = ['groq', 'gemini', 'ollama'] as const satisfies EmulatedProvider[]

export type FaultCell = {
  failureClass: FailureClass
  moment: Moment
  provider: EmulatedProvider
} & (
  | {
      kind: 'possible'
      reply: EmulatedReply
      /** The emulator fails this often, and answers then. */
      failures: number
      /** Attempts in order, and how the call ended. */
      expected: string
      /** Done to the call besides. */
      twist?: 'cancel' | 'short deadline' | 'no money' | 'not configured'
      isRepaired?: true
    }
  /** No wire has this, and why. */
  | { kind: 'impossible'; why: string }
)

type Possible = Omit<
  Extract<FaultCell, { kind: 'possible' }>,
  'failureClass' | 'moment' | 'provider'
>
type Plan = Possible | { kind: 'impossible'; why: string }

const always = Number.POSITIVE_INFINITY
const pieces = ['The first ', 'second ', 'third ', 'and last.']
const impossible = (why: string): Plan => ({ kind: 'impossible', why })

const failing = (fault: EmulatedFault, expected: string, failures = always): Possible => ({
  kind: 'possible',
  reply: { text: pieces, fault },
  failures,
  expected,
})
const twice = (failureClass: string) => `P ${failureClass} → P ${failureClass} → R answered`
const once = (failureClass: string) => `P ${failureClass} → R answered`

const piecesAt: Record<Moment, number | undefined> = { before: undefined, during: 0, after: 2 }
const at = (moment: Moment): { afterPieces?: number } => {
  const afterPieces = piecesAt[moment]
  return afterPieces === undefined ? {} : { afterPieces }
}
const stalled = (moment: Moment, expected: string): Possible =>
  failing({ kind: 'stall', ...at(moment) }, expected)
const said = (as: Refusal, moment: Moment, expected: string): Possible =>
  failing(
    moment === 'before' ? { kind: 'refusal', as } : { kind: 'stream-error', as, ...at(moment) },
    expected,
  )
const onlyBefore =
  (as: Refusal) =>
  (_provider: EmulatedProvider, moment: Moment): Plan =>
    moment === 'before'
      ? said(as, moment, once(as))
      : impossible('refused before a response begins')

const plans: Record<FailureClass, (provider: EmulatedProvider, moment: Moment) => Plan> = {
  rate_limited: (provider, moment) => {
    if (moment === 'before')
      return failing(
        { kind: 'refusal', as: 'rate_limited', retryAfterMs: 1_000 },
        'P rate_limited → P answered',
        1,
      )
    // Nothing says for how long, so we assume longer than the next provider needs.
    return provider === 'ollama'
      ? impossible('its errors in a stream have no status')
      : said('rate_limited', moment, once('rate_limited'))
  },
  overloaded: (_provider, moment) => said('overloaded', moment, twice('overloaded')),
  timeout: (_provider, moment) => stalled(moment, twice('timeout')),
  network: (_provider, moment) => failing({ kind: 'reset', ...at(moment) }, twice('network')),
  auth: onlyBefore('auth'),
  not_found: onlyBefore('not_found'),
  too_large: onlyBefore('too_large'),
  invalid_request: onlyBefore('invalid_request'),
  model_output: (provider, moment) => {
    const repaired = {
      ...said('model_output', moment, twice('model_output')),
      isRepaired: true,
    } as const
    if (provider !== 'gemini') return repaired
    if (moment !== 'during') return impossible('it says so instead of an answer')
    return {
      ...failing({ kind: 'refusal', as: 'model_output' }, twice('model_output')),
      isRepaired: true,
    }
  },
  content_blocked: (provider, moment) => {
    if (provider !== 'gemini') return impossible('it has no such answer')
    if (moment === 'before') return impossible('it says so inside of a response')
    const text = moment === 'during' ? [] : pieces.slice(0, 2)
    return {
      kind: 'possible',
      reply: { text, finish: 'blocked' },
      failures: always,
      expected: once('content_blocked'),
    }
  },
  incomplete_stream: (_provider, moment) => {
    if (moment === 'before') return impossible('nothing has begun that could break off')
    return moment === 'during'
      ? failing({ kind: 'truncation', afterBytes: 0 }, twice('incomplete_stream'))
      : failing({ kind: 'no-finish-marker' }, twice('incomplete_stream'))
  },
  cancelled: (_provider, moment) => ({
    ...stalled(moment, 'P cancelled → failed: cancelled'),
    twist: 'cancel',
  }),
  budget: (provider, moment) => {
    if (moment !== 'before') return impossible('decided before anything is sent')
    if (provider === 'ollama') return impossible('it costs nothing')
    return {
      kind: 'possible',
      reply: { text: pieces },
      failures: 0,
      expected: 'P skipped: budget → failed: budget',
      twist: 'no money',
    }
  },
  deadline: (_provider, moment) => ({
    ...stalled(moment, `P deadline → ${moment === 'after' ? 'incomplete' : 'failed'}: deadline`),
    twist: 'short deadline',
  }),
  no_provider: (_provider, moment) =>
    moment === 'before'
      ? {
          kind: 'possible',
          reply: { text: pieces },
          failures: 0,
          expected: 'P skipped: no_provider → failed: no_provider',
          twist: 'not configured',
        }
      : impossible('decided before anything is sent'),
  internal: () => impossible('a defect of ours, which no wire can make'),
}

/** Every class × moment × provider. */
export const faultCells = (failureClass: FailureClass, moment: Moment): readonly FaultCell[] =>
  providers.map((provider) => ({
    failureClass,
    moment,
    provider,
    ...plans[failureClass](provider, moment),
  }))
