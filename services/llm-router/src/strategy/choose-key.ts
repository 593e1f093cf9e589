import type { KeyId } from '@maestro/contracts/llm/key-id'
import type { ProviderCondition } from './provider-condition.ts'

type ChosenKey = { keyId: KeyId | null; condition: ProviderCondition }

/**
 * Of the keys that may be used, the first that is ready; else the one that is ready soonest; else the
 * first, whose condition says why none can be used.
 */
export const chooseKey = (
  keyIds: readonly KeyId[],
  conditionOf: (keyId: KeyId | null) => ProviderCondition,
): ChosenKey => {
  let best: ChosenKey | null = null
  for (const keyId of keyIds) {
    const condition = conditionOf(keyId)
    if (condition.state === 'ready') return { keyId, condition }
    if (best === null || isSooner(condition, best.condition)) best = { keyId, condition }
  }
  return best ?? { keyId: null, condition: conditionOf(null) }
}

const isSooner = (one: ProviderCondition, other: ProviderCondition): boolean => {
  if (one.state !== 'cooling') return false
  return other.state !== 'cooling' || one.untilMs < other.untilMs
}
