import { environmentKeyId } from '@maestro/contracts/llm/key-id'
import {
  environmentKeyName,
  type KeyedProvider,
  type ProviderKey,
} from '@maestro/contracts/llm/provider-key'
import { endingOf } from './ending-of.ts'
import type { KeyRow } from './key-row.ts'

/** A key as people see it. */
export const describeKey = (row: KeyRow, { isReadable }: { isReadable: boolean }): ProviderKey => {
  const { provider, name, userId, keyId, ending, createdAt, lastUsedAt, refusal } = row
  const base = {
    provider,
    name,
    userId,
    keyId,
    ending,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  }
  if (!isReadable) {
    const reason = 'It was sealed with another master key; bring that back or add the key again.'
    return { ...base, state: 'unreadable', reason }
  }
  return refusal === null
    ? { ...base, state: 'ready', reason: '' }
    : { ...base, state: 'refused', reason: `${refusal} Put it again, or test it.`.slice(0, 500) }
}

/** A key that stands in the environment: it is changed there. */
export const describeEnvironmentKey = (provider: KeyedProvider, value: string): ProviderKey => ({
  provider,
  name: environmentKeyName,
  userId: null,
  keyId: environmentKeyId,
  ending: endingOf(value),
  createdAt: null,
  lastUsedAt: null,
  state: 'ready',
  reason: '',
})
