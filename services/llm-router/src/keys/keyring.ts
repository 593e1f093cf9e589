import type { UserId } from '@maestro/contracts/ids'
import { environmentKeyId, type KeyId } from '@maestro/contracts/llm/key-id'
import { KeyedProvider } from '@maestro/contracts/llm/provider-key'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { LRUCache } from 'lru-cache'
import type { ProviderAdapter } from '../providers/provider-adapter.ts'
import { createKeyUse } from './key-use.ts'
import { type KeyRow, readKeys, readRevision } from './key-row.ts'
import { keyedAdapter } from './keyed-adapter.ts'
import type { MasterKeys } from './master-keys.ts'
import { openKey } from './seal-key.ts'

/** How late a worker may learn that a key was put, rotated, deleted or refused. */
const lookEveryMs = 1_000
/** Adapters with a key in them; one that is needed again is made again. */
const adaptersMax = 256

/** The keys that this worker may use, as they are at this moment. Nothing here waits. */
export type Keyring = {
  /** The user's own first, then the system's, then the environment's; of several, the least busy one. */
  idsFor: (provider: KeyedProvider, userId: UserId | null) => readonly KeyId[]
  /** Null: the key is gone, set aside or cannot be opened. A call that has its adapter ends with it. */
  adapterOf: (provider: KeyedProvider, keyId: KeyId) => ProviderAdapter | null
  /** Counts a key as busy until it is let go. */
  hold: (keyId: KeyId) => () => void
  /** For what is no chat, such as a list of models. Null as above. */
  valueOf: (provider: KeyedProvider, keyId: KeyId) => string | null
  /** Why there is no key to use, and what to do. */
  reasonOf: (provider: KeyedProvider, userId: UserId | null) => string
  /** Looks for changes now. */
  look: () => Promise<void>
  stop: () => Promise<void>
}

export const createKeyring = async ({
  sql,
  log,
  masters,
  environment,
  createAdapter,
}: {
  sql: Sql
  log: Logger
  masters: MasterKeys
  /** The keys that came with the environment. */
  environment: Readonly<Record<KeyedProvider, string | undefined>>
  createAdapter: (provider: KeyedProvider, apiKey: string) => ProviderAdapter
}): Promise<Keyring> => {
  const use = createKeyUse({ sql, log })
  const adapters = new LRUCache<KeyId, ProviderAdapter>({ max: adaptersMax })
  let revision = -1
  let rows = new Map<KeyId, KeyRow>()
  let byOwner = new Map<string, readonly KeyRow[]>()
  let unreadable = new Set<KeyId>()
  const outage = createOutageLog({
    log,
    away: 'keys cannot be looked at; the known ones hold',
    back: 'keys are looked at again',
  })

  const read = async () => {
    const now = await readRevision(sql)
    if (now === revision) return
    const found = await readKeys(sql)
    rows = new Map(found.map((row) => [row.keyId, row]))
    byOwner = Map.groupBy(found, ({ provider, userId }) => ownerOf(provider, userId))
    unreadable = new Set(
      found.filter((row) => openKey(masters, row, row) === null).map(({ keyId }) => keyId),
    )
    for (const keyId of adapters.keys()) if (!rows.has(keyId)) adapters.delete(keyId)
    revision = now
    if (unreadable.size > 0)
      log.error(
        { keyIds: [...unreadable] },
        'keys cannot be opened with this master key and are not used',
      )
  }

  let looking: Promise<void> | null = null
  const look = (): Promise<void> =>
    (looking ??= read()
      .then(outage.worked, outage.failed)
      .finally(() => {
        looking = null
      }))

  await read()
  const timer = setInterval(() => void look(), lookEveryMs)

  const isUsable = ({ keyId, refusal }: KeyRow) => refusal === null && !unreadable.has(keyId)
  const rowsOf = (provider: KeyedProvider, userId: UserId | null) =>
    byOwner.get(ownerOf(provider, userId)) ?? []
  const usableOf = (provider: KeyedProvider, userId: UserId | null) =>
    rowsOf(provider, userId)
      .filter(isUsable)
      .map(({ keyId }) => keyId)
      .sort((one, other) => use.compare(one, other))

  const usableRow = (provider: KeyedProvider, keyId: KeyId): KeyRow | null => {
    const row = rows.get(keyId)
    return row !== undefined && row.provider === provider && isUsable(row) ? row : null
  }
  const valueOf = (provider: KeyedProvider, keyId: KeyId): string | null => {
    if (keyId === environmentKeyId) return environment[provider] ?? null
    const row = usableRow(provider, keyId)
    return row === null ? null : openKey(masters, row, row)
  }
  const makeAdapter = (provider: KeyedProvider, keyId: KeyId): ProviderAdapter | null => {
    const value = valueOf(provider, keyId)
    if (value === null) return null
    return keyedAdapter(createAdapter(provider, value), value, () => use.note(keyId))
  }
  const ofEnvironment = new Map(
    KeyedProvider.options.map((provider) => [provider, makeAdapter(provider, environmentKeyId)]),
  )

  return {
    idsFor: (provider, userId) => [
      ...(userId === null ? [] : usableOf(provider, userId)),
      ...usableOf(provider, null),
      ...(environment[provider] === undefined ? [] : [environmentKeyId]),
    ],
    adapterOf: (provider, keyId) => {
      if (keyId === environmentKeyId) return ofEnvironment.get(provider) ?? null
      if (usableRow(provider, keyId) === null) return null
      const adapter = adapters.get(keyId) ?? makeAdapter(provider, keyId)
      if (adapter !== null) adapters.set(keyId, adapter)
      return adapter
    },
    hold: use.hold,
    valueOf,
    reasonOf: (provider, userId) => {
      const kept = [...rowsOf(provider, null), ...(userId === null ? [] : rowsOf(provider, userId))]
      const refused = kept.find(({ refusal }) => refusal !== null)
      if (refused !== undefined)
        return `Its key ${refused.name} was refused (${refused.refusal ?? ''}); add another one.`
      if (kept.length > 0)
        return 'Its key was sealed with another master key; bring that back or add the key again.'
      return `Add a key for ${provider}, or set ${provider.toUpperCase()}_API_KEY.`
    },
    look: async () => {
      // What is under way may have begun before the change.
      await looking
      await look()
    },
    stop: async () => {
      clearInterval(timer)
      await looking
      await use.stop()
    },
  }
}

const ownerOf = (provider: KeyedProvider, userId: UserId | null) =>
  JSON.stringify([provider, userId])
