import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import type { Answer } from '@maestro/contracts/llm/chat'
import type { Usage } from '@maestro/contracts/money/cost-of'
import type { ProviderLimits } from './provider-limits.ts'

export type TimeoutKind = 'headers' | 'first_token' | 'idle' | 'whole_answer'

/** How the provider itself names a failure. Null: it did not say, or did not get so far. */
export type ToldByProvider = {
  status: number | null
  code: string | null
  /** Under which it knows the request. */
  requestId: string | null
}

const nothingTold: ToldByProvider = { status: null, code: null, requestId: null }

type FailureFacts = {
  told: ToldByProvider
  retryAfterMs: number | null
  scope: 'minute' | 'day' | null
  timeoutKind: TimeoutKind | null
  usage: Usage | null
  afterContent: boolean
  brokenOff: Answer | null
  limits: ProviderLimits | null
  isKeptConnectionClosed: boolean
}

/**
 * Why a provider did not answer, in the router's terms. The message is for people and may be stored.
 * A cause is only given for failures of the transport: the SDKs put prompts and answers into their errors.
 */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure'
  readonly failureClass: FailureClass
  readonly told: ToldByProvider
  /** How long the provider asks to wait; null when it did not say. */
  readonly retryAfterMs: number | null
  /** `day`: no use before the provider's quota day ends. */
  readonly scope: 'minute' | 'day' | null
  /** Which wait was too long; null for all other failures. */
  readonly timeoutKind: TimeoutKind | null
  /** What the provider counted before it failed; null when unknown, and then the attempt is booked at its estimate if it was sent. */
  readonly usage: Usage | null
  /** Whether any content had reached us: after it a failover is no longer silent. */
  readonly afterContent: boolean
  /** What had come of the answer; null: nothing that anybody could use. */
  readonly brokenOff: Answer | null
  /** What the provider says is left of our limits; null where it says nothing. */
  readonly limits: ProviderLimits | null
  /** Only the connection failed that was kept from an earlier request: it says nothing of the provider. */
  readonly isKeptConnectionClosed: boolean

  constructor(
    failureClass: FailureClass,
    message: string,
    facts: Partial<FailureFacts> & { cause?: unknown } = {},
  ) {
    super(message, facts.cause === undefined ? {} : { cause: facts.cause })
    this.failureClass = failureClass
    this.told = facts.told ?? nothingTold
    this.retryAfterMs = facts.retryAfterMs ?? null
    this.scope = facts.scope ?? null
    this.timeoutKind = facts.timeoutKind ?? null
    this.usage = facts.usage ?? null
    this.afterContent = facts.afterContent ?? false
    this.brokenOff = facts.brokenOff ?? null
    this.limits = facts.limits ?? null
    this.isKeptConnectionClosed = facts.isKeptConnectionClosed ?? false
  }

  /** The same failure, with what was received until then. */
  after({
    usage,
    afterContent,
    brokenOff,
    limits,
  }: Pick<FailureFacts, 'usage' | 'afterContent' | 'brokenOff' | 'limits'>): ProviderFailure {
    const { failureClass, message, told, retryAfterMs, scope, timeoutKind, cause } = this
    const { isKeptConnectionClosed } = this
    const facts = { told, retryAfterMs, scope, timeoutKind, isKeptConnectionClosed, cause }
    return new ProviderFailure(failureClass, message, {
      ...facts,
      usage: this.usage ?? usage,
      afterContent,
      brokenOff,
      limits: this.limits ?? limits,
    })
  }

  /** The same failure in other words; without its cause, which has the first ones. */
  saying(message: string): ProviderFailure {
    const { failureClass, retryAfterMs, scope, timeoutKind, usage, limits } = this
    const { afterContent, brokenOff } = this
    const facts = { retryAfterMs, scope, timeoutKind, usage, afterContent, brokenOff, limits }
    return new ProviderFailure(failureClass, message, facts)
  }
}
