import { ProviderName } from '@maestro/contracts/llm/chat'
import type { KeyId } from '@maestro/contracts/llm/key-id'
import { chooseKey } from './choose-key.ts'
import type { ProviderCondition } from './provider-condition.ts'

/** A model that may answer, in the order in which it is tried. */
export type Candidate = {
  provider: ProviderName
  model: string
  /** The key that it would be asked with; null where the provider asks for none. */
  keyId: KeyId | null
  condition: ProviderCondition
}

/** What a condition is a condition of. */
export type ConditionSubject = Pick<Candidate, 'provider' | 'model' | 'keyId'>

/** A provider as the configuration has it at this moment. */
export type ProviderEntry = {
  provider: ProviderName
  isConfigured: boolean
  /** Its default model; empty when that is not known. */
  model: string
  /** Why it is not configured, and what to do; empty when it is. */
  reason: string
  /** The keys that may be used for this call, the one to be preferred first. Empty: the provider asks for none. */
  keyIds: readonly KeyId[]
}

/**
 * Who may answer a call. A model by name belongs to the first provider of the list, because no two
 * providers name their models alike; those after it use their own default. `rehearsal` steps in by
 * itself only where nothing else is configured.
 */
export const listCandidates = ({
  wanted,
  usual,
  models = {},
  model,
  entries,
  conditionOf,
}: {
  /** Wished for, in this order; empty: the usual ones. */
  wanted: readonly ProviderName[]
  /** Of these, in this order, whoever is configured; rehearsal where nobody is. */
  usual: readonly ProviderName[]
  /** In place of the provider's default. */
  models?: Readonly<Partial<Record<ProviderName, string>>> | undefined
  /** For the first one. */
  model: string | null
  /** In fallback order. */
  entries: readonly ProviderEntry[]
  conditionOf: (subject: ConditionSubject) => ProviderCondition
}): readonly Candidate[] => {
  const byName = new Map(entries.map((entry) => [entry.provider, entry]))
  return orderOf(wanted, usual, entries).map((provider, index): Candidate => {
    const entry = byName.get(provider)
    const takesName = index === 0 && provider !== 'rehearsal'
    const chosen = (takesName ? model : null) ?? models[provider] ?? entry?.model ?? ''
    const off = (reason: string): Candidate => ({
      provider,
      model: chosen === '' ? 'none' : chosen,
      keyId: null,
      condition: { state: 'off', untilMs: null, reason },
    })
    if (entry === undefined || !entry.isConfigured) {
      return off(`${provider} is not configured. ${entry?.reason ?? ''}`.trim())
    }
    if (chosen === '') return off(`No model of ${provider} is known; name one.`)
    const ofKey = (keyId: KeyId | null) => conditionOf({ provider, model: chosen, keyId })
    return { provider, model: chosen, ...chooseKey(entry.keyIds, ofKey) }
  })
}

const orderOf = (
  wanted: readonly ProviderName[],
  usual: readonly ProviderName[],
  entries: readonly ProviderEntry[],
): readonly ProviderName[] => {
  if (wanted.length > 0) return [...new Set(wanted)]
  const configured = entries
    .filter(({ provider, isConfigured }) => isConfigured && provider !== 'rehearsal')
    .map(({ provider }) => provider)
  if (configured.length === 0) return [ProviderName.enum.rehearsal]
  const askable = usual.filter(
    (provider) => provider === 'rehearsal' || configured.includes(provider),
  )
  // Somebody is configured, but nobody that the system asks: rehearsal would hide it.
  return askable.length > 0 ? askable : usual
}
