import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import type { Usage } from '@maestro/contracts/money/cost-of'

/** Why a provider did not answer, in the router's terms. The SDK's error is the cause and stays in the logs. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure'
  readonly failureClass: FailureClass
  /** How long the provider asks to wait; null when it did not say. */
  readonly retryAfterMs: number | null
  /** `day`: no use before the provider's quota day ends. */
  readonly scope: 'minute' | 'day' | null
  /** What the provider counted before it failed; null when unknown, and then the attempt is booked at its estimate if it was sent. */
  readonly usage: Usage | null
  /** Whether any content had reached us: after it a failover is no longer silent. */
  readonly afterContent: boolean

  constructor(
    failureClass: FailureClass,
    message: string,
    facts: {
      retryAfterMs?: number | null
      scope?: 'minute' | 'day' | null
      usage?: Usage | null
      afterContent?: boolean
      cause?: unknown
    } = {},
  ) {
    super(message, { cause: facts.cause })
    this.failureClass = failureClass
    this.retryAfterMs = facts.retryAfterMs ?? null
    this.scope = facts.scope ?? null
    this.usage = facts.usage ?? null
    this.afterContent = facts.afterContent ?? false
  }
}
