import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import { ProviderName } from '@maestro/contracts/llm/chat'
import { KeyId } from '@maestro/contracts/llm/key-id'
import type { ProviderFailure } from '../providers/provider-failure.ts'
import type { ConditionSubject } from '../strategy/list-candidates.ts'
import type { ConditionNews } from './condition-record.ts'
import { quotaDayEndMs } from './quota-day.ts'

/** For a provider that limits us and does not say until when. */
const cooldownMsDefault = 5_000
/** For a limit of a day whose end nobody tells: look again from time to time. */
const dayCooldownMsDefault = 15 * 60_000
/** The longest day of a year has 25 hours. */
const cooldownMsMax = 25 * 3_600_000
/** A refused key may be put right where it was made, without us hearing of it. */
const keyOffMs = 15 * 60_000
/** A missing model can be installed while we run (Ollama), so it is looked for again. */
const missingModelOffMs = 5 * 60_000

/** A model as it is asked with one key: a limit, a breaker. */
export const subjectScope = ({ provider, model, keyId }: ConditionSubject) =>
  `asked|${provider}|${keyId ?? ''}|${model}`
/** A key, whatever the model. */
export const keyScope = ({ provider, keyId }: Pick<ConditionSubject, 'provider' | 'keyId'>) =>
  `key|${provider}|${keyId ?? ''}|`
/** A model, whatever the key. */
export const modelScope = ({ provider, model }: Pick<ConditionSubject, 'provider' | 'model'>) =>
  `model|${provider}||${model}`

/** Of what a scope is, for people; null where it matters not which. */
export const subjectOfScope = (
  scope: string,
): { provider: ProviderName; keyId: KeyId | null; model: string | null } | null => {
  const [, provider, keyId, ...model] = scope.split('|')
  const name = ProviderName.safeParse(provider)
  if (!name.success) return null
  const key = KeyId.safeParse(keyId)
  return {
    provider: name.data,
    keyId: key.success ? key.data : null,
    model: model.join('|') || null,
  }
}

export type ScopedNews = { scope: string; news: ConditionNews }

/** What says that a provider is in trouble. A limit, a refusal, a bad answer: it is there and works. */
const breaking: ReadonlySet<FailureClass> = new Set(['overloaded', 'timeout', 'network'])
/** Ended by us or broken by us: it says nothing of the provider. */
const telling = (failureClass: FailureClass) =>
  !['cancelled', 'deadline', 'budget', 'no_provider', 'internal'].includes(failureClass)

/**
 * Whether a failure counts when one asks how a provider does. A kept connection that its server
 * closed as our request went out does not: several are closed at once, and the next one may be well.
 */
export const saysSomething = ({
  failureClass,
  isKeptConnectionClosed,
}: Pick<ProviderFailure, 'failureClass' | 'isKeptConnectionClosed'>) =>
  telling(failureClass) && !isKeptConnectionClosed

/** What a failed attempt teaches about the calls to come. */
export const newsOfFailure = (
  subject: ConditionSubject,
  failure: Pick<
    ProviderFailure,
    'failureClass' | 'retryAfterMs' | 'scope' | 'isKeptConnectionClosed'
  >,
  { trialId, nowMs }: { trialId: string | null; nowMs: number },
): readonly ScopedNews[] => {
  const { provider, model } = subject
  const { failureClass } = failure
  const scope = subjectScope(subject)
  if (!saysSomething(failure)) {
    return trialId === null ? [] : [{ scope, news: { what: 'trial-dropped', trialId } }]
  }
  if (breaking.has(failureClass)) return [{ scope, news: { what: 'failed', trialId } }]
  const wasThere: ScopedNews = { scope, news: { what: 'answered', trialId } }
  if (failureClass === 'rate_limited') {
    return [wasThere, { scope, news: limitOf(subject, failure, nowMs) }]
  }
  const off = (untilMs: number, reason: string): ConditionNews => ({
    what: 'turned-off',
    untilMs,
    reason,
  })
  if (failureClass === 'auth') {
    const news = off(nowMs + keyOffMs, `${provider} refused our key`)
    return [wasThere, { scope: keyScope(subject), news }]
  }
  if (failureClass === 'not_found') {
    const news = off(nowMs + missingModelOffMs, `${provider} has no model ${model}`)
    return [wasThere, { scope: modelScope(subject), news }]
  }
  return [wasThere]
}

const limitOf = (
  { provider }: ConditionSubject,
  { retryAfterMs, scope }: Pick<ProviderFailure, 'retryAfterMs' | 'scope'>,
  nowMs: number,
): ConditionNews => {
  const isForTheDay = scope === 'day'
  const dayEndMs = isForTheDay ? quotaDayEndMs(provider, nowMs) : null
  // Where the day is known, a shorter delay only leads to the same refusal.
  const asked =
    (dayEndMs === null ? null : dayEndMs - nowMs) ??
    retryAfterMs ??
    (isForTheDay ? dayCooldownMsDefault : cooldownMsDefault)
  const waitMs = Math.min(asked, cooldownMsMax)
  const seconds = Math.ceil(waitMs / 1_000)
  return {
    what: 'limited',
    untilMs: nowMs + waitMs,
    reason: isForTheDay
      ? `${provider} has given us what it gives a day; ${seconds} s are left of it`
      : `${provider} limits our rate and asks to wait ${seconds} s`,
    isForTheDay,
  }
}
