import type { ProviderName } from '@maestro/contracts/llm/chat'
import type { KeyId } from '@maestro/contracts/llm/key-id'
import type { ProviderFailure } from '../providers/provider-failure.ts'
import type { ConditionSubject } from '../strategy/list-candidates.ts'
import type { ProviderCondition } from '../strategy/provider-condition.ts'
import type { SharedCooldowns } from './shared-cooldowns.ts'

/** For a provider that limits us and does not say until when. */
const cooldownMsDefault = 5_000
/** A quota day is long, but its end is not always told: look again from time to time. */
const dayCooldownMsDefault = 15 * 60_000
const cooldownMsMax = 24 * 3_600_000
/** A missing model can be installed while we run (Ollama), so it is looked for again. */
const missingModelOffMs = 5 * 60_000

/** What this process knows about its providers. Cooldowns are shared with the other workers; the rest each learns once. */
export type ProviderConditions = {
  of: (subject: ConditionSubject) => ProviderCondition
  learn: (subject: ConditionSubject, failure: ProviderFailure) => void
}

export const createProviderConditions = ({
  shared,
  now = Date.now,
}: {
  shared: SharedCooldowns
  now?: () => number
}): ProviderConditions => {
  const cooling = new Map<ProviderName, { untilMs: number; reason: string }>()
  /** By provider and key, or by provider and model. */
  const off = new Map<string, { untilMs: number | null; reason: string }>()

  const offOf = (key: string): ProviderCondition | null => {
    const known = off.get(key)
    if (known === undefined || (known.untilMs !== null && known.untilMs <= now())) return null
    return { state: 'off', ...known }
  }

  return {
    of: ({ provider, model, keyId }) => {
      const isOff = offOf(keyOf(provider, keyId)) ?? offOf(`${provider} ${model}`)
      if (isOff !== null) return isOff
      const own = cooling.get(provider)
      const others = shared.of(provider)
      const longest = (own?.untilMs ?? 0) >= (others?.untilMs ?? 0) ? own : others
      return longest !== undefined && longest.untilMs > now()
        ? { state: 'cooling', ...longest }
        : { state: 'ready' }
    },

    learn: ({ provider, model, keyId }, failure) => {
      if (failure.failureClass === 'rate_limited') {
        const asked =
          failure.retryAfterMs ??
          (failure.scope === 'day' ? dayCooldownMsDefault : cooldownMsDefault)
        const waitMs = Math.min(asked, cooldownMsMax)
        const seconds = Math.ceil(waitMs / 1_000)
        const cooldown = {
          untilMs: now() + waitMs,
          reason: `${provider} limits our rate and asks to wait ${seconds} s`,
        }
        if ((cooling.get(provider)?.untilMs ?? 0) >= cooldown.untilMs) return
        cooling.set(provider, cooldown)
        shared.share(provider, cooldown)
      }
      if (failure.failureClass === 'auth') {
        off.set(keyOf(provider, keyId), { untilMs: null, reason: `${provider} refused our key` })
      }
      if (failure.failureClass === 'not_found') {
        off.set(`${provider} ${model}`, {
          untilMs: now() + missingModelOffMs,
          reason: `${provider} has no model ${model}`,
        })
      }
    },
  }
}

const keyOf = (provider: ProviderName, keyId: KeyId | null) => `${provider} key ${keyId ?? 'none'}`
