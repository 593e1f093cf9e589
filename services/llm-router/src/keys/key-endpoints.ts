import { AppError } from '@maestro/contracts/errors'
import {
  deleteProviderKey,
  listProviderKeys,
  putProviderKey,
  reencryptProviderKeys,
  testProviderKey,
} from '@maestro/contracts/llm/key-endpoints'
import { environmentKeyId, type KeyId } from '@maestro/contracts/llm/key-id'
import {
  environmentKeyName,
  type KeyAddress,
  KeyedProvider,
} from '@maestro/contracts/llm/provider-key'
import type { Sql } from '@maestro/service-kit/database'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { listModelsOf } from '../models/list-models.ts'
import type { Adapters } from '../providers/create-adapters.ts'
import { describeEnvironmentKey, describeKey } from './describe-key.ts'
import { findKey, type KeyRow, readKeys } from './key-row.ts'
import type { KeyStore } from './key-store.ts'
import type { MasterKeys } from './master-keys.ts'
import { openKey } from './seal-key.ts'
import { testKey } from './test-key.ts'

/** A provider has taken a key: whatever it refused of it before is over. */
export type OnAccepted = (key: { provider: KeyedProvider; keyId: KeyId }) => void

/** Keys over the bus: in they go, and out comes everything but them. */
export const keyEndpoints = ({
  sql,
  masters,
  store,
  adapters,
  onAccepted,
}: {
  sql: Sql
  masters: MasterKeys
  store: KeyStore
  adapters: Adapters
  onAccepted: OnAccepted
}): readonly Implementation[] => {
  const describe = (row: KeyRow) =>
    describeKey(row, { isReadable: openKey(masters, row, row) !== null })

  /** @throws {AppError} `NOT_FOUND`, `KEY_UNREADABLE`. */
  const keyAt = async (address: KeyAddress): Promise<{ keyId: KeyId; value: string }> => {
    const { provider, name } = address
    const isOfEnvironment = name === environmentKeyName && address.userId === null
    if (isOfEnvironment) {
      const value = adapters.keyed[provider].environmentKey
      if (value === undefined) throw new AppError('NOT_FOUND', { provider, name })
      return { keyId: environmentKeyId, value }
    }
    const row = await findKey(sql, address)
    if (row === null) throw new AppError('NOT_FOUND', { provider, name })
    const value = openKey(masters, row, row)
    if (value === null) throw new AppError('KEY_UNREADABLE', { provider, name })
    return { keyId: row.keyId, value }
  }

  return [
    implement(putProviderKey, async ({ value, ...address }) => {
      mustBeKept(address)
      return { key: describe(await store.put(address, value)) }
    }),

    implement(listProviderKeys, async ({ userId }) => {
      const rows = await readKeys(sql)
      const ofEnvironment = KeyedProvider.options.flatMap((provider) => {
        const value = adapters.keyed[provider].environmentKey
        return value === undefined ? [] : [describeEnvironmentKey(provider, value)]
      })
      const kept = rows.filter((row) => row.userId === null || row.userId === userId)
      return { items: [...kept.map(describe), ...ofEnvironment] }
    }),

    implement(deleteProviderKey, async (address) => {
      mustBeKept(address)
      await store.remove(address)
      return {}
    }),

    implement(testProviderKey, async (address) => {
      const { provider } = address
      const { keyId, value } = await keyAt(address)
      const result = await testKey(value, (asked) =>
        listModelsOf[provider]({ ...asked, address: adapters.keyed[provider].address }),
      )
      if (result.accepted) {
        await store.takeBack(address)
        onAccepted({ provider, keyId })
      }
      return result
    }),

    implement(reencryptProviderKeys, () => store.reencrypt()),
  ]
}

/** @throws {AppError} `INVALID_INPUT` for the name that stands for the environment. */
const mustBeKept = ({ name, provider }: KeyAddress) => {
  if (name !== environmentKeyName) return
  throw new AppError('INVALID_INPUT', {
    name,
    reason: `this name stands for ${provider.toUpperCase()}_API_KEY of the environment; change it there, or take another name`,
  })
}
