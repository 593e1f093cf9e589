import { AppError } from '@maestro/contracts/errors'
import { KeyId } from '@maestro/contracts/llm/key-id'
import type { keyEventData, KeyEventType } from '@maestro/contracts/llm/key-events'
import type { KeyAddress } from '@maestro/contracts/llm/provider-key'
import { appendFacts } from '@maestro/service-kit/append-facts'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import { newToken } from '@maestro/service-kit/new-id'
import type { z } from 'zod'
import { endingOf } from './ending-of.ts'
import { beginChange, deleteKey, findKey, insertKey, type KeyRow, readKeys } from './key-row.ts'
import type { MasterKeys } from './master-keys.ts'
import { openKey, sealKey } from './seal-key.ts'

/** Keys of one owner at one provider: enough to spread load, few enough to look at. */
export const keysPerOwnerMax = 8
/** Every worker holds all of them, sealed; a few hundred bytes each. */
export const keysMax = 2_000

/** Where keys are kept. Values go in; they come out only where a call is made with them. */
export type KeyStore = {
  /** @throws {AppError} `MASTER_KEY_MISSING`, `TOO_MANY_KEYS`. */
  put: (address: KeyAddress, value: string) => Promise<KeyRow>
  /** @throws {AppError} `NOT_FOUND`. */
  remove: (address: KeyAddress) => Promise<void>
  /** Sets a key aside, for all workers. */
  refuse: (keyId: KeyId, refusal: string) => Promise<void>
  /** A key that was set aside works after all: the same value under a new id, of which nobody remembers anything. */
  takeBack: (address: KeyAddress) => Promise<void>
  /** Seals everything with the present master key. @throws {AppError} `MASTER_KEY_MISSING`. */
  reencrypt: () => Promise<{ reencrypted: number; unreadable: number }>
}

export const createKeyStore = ({
  sql,
  masters,
  onChange,
}: {
  sql: Sql
  masters: MasterKeys
  /** After a commit. */
  onChange: () => void
}): KeyStore => {
  const present = () => {
    if (masters.present === null) throw new AppError('MASTER_KEY_MISSING')
    return masters.present
  }

  const change = async <T>(work: (transaction: Transaction) => Promise<T>): Promise<T> => {
    const result = await sql.begin(async (transaction) => {
      await beginChange(transaction)
      return work(transaction)
    })
    onChange()
    return result as T
  }

  const checkRoom = async (transaction: Transaction, { provider, userId }: KeyAddress) => {
    const [count] = await transaction<{ all: number; ofOwner: number }[]>`
      select count(*)::int as all, (count(*) filter (
        where provider = ${provider} and user_id is not distinct from ${userId}))::int as "ofOwner"
      from provider_keys`
    if ((count?.ofOwner ?? 0) >= keysPerOwnerMax)
      throw new AppError('TOO_MANY_KEYS', { provider, keysPerOwnerMax })
    if ((count?.all ?? 0) >= keysMax) throw new AppError('TOO_MANY_KEYS', { keysMax })
  }

  const replace = async (
    transaction: Transaction,
    address: KeyAddress,
    { value, before }: { value: string; before: KeyRow | null },
  ): Promise<KeyRow> => {
    if (before === null) await checkRoom(transaction, address)
    else await deleteKey(transaction, before.keyId)
    const { provider, name, userId } = address
    const sealedFor = { provider, name, userId, keyId: KeyId.parse(`key_${newToken()}`) }
    const row = {
      ...sealedFor,
      ...sealKey(present(), value, sealedFor),
      ending: endingOf(value),
      createdAt: new Date(),
      lastUsedAt: null,
      refusal: null,
    }
    await insertKey(transaction, row)
    await tell(transaction, 'KeyRotated', { ...sealedFor, replaced: before?.keyId ?? null })
    return row
  }

  return {
    put: (address, value) => {
      const master = present()
      return change(async (transaction) => {
        const before = await findKey(transaction, address)
        // The same again, because an answer was lost: nothing has changed, and what is known of it holds.
        const isSame = before?.refusal === null && openKey(masters, before, before) === value
        if (isSame && before.masterKeyId === master.masterKeyId) return before
        return replace(transaction, address, { value, before })
      })
    },

    remove: (address) =>
      change(async (transaction) => {
        const { provider, name, userId } = address
        const row = await findKey(transaction, address)
        if (row === null) throw new AppError('NOT_FOUND', { provider, name })
        await deleteKey(transaction, row.keyId)
        await tell(transaction, 'KeyDeleted', { provider, name, userId, keyId: row.keyId })
      }),

    refuse: (keyId, refusal) =>
      change(async (transaction) => {
        await transaction`
          update provider_keys set refusal = ${refusal} where key_id = ${keyId} and refusal is null`
      }),

    takeBack: (address) =>
      change(async (transaction) => {
        const before = await findKey(transaction, address)
        if (before === null || before.refusal === null) return
        const value = openKey(masters, before, before)
        if (value !== null) await replace(transaction, address, { value, before })
      }),

    reencrypt: () => {
      const master = present()
      return change(async (transaction) => {
        const old = (await readKeys(transaction)).filter(
          ({ masterKeyId }) => masterKeyId !== master.masterKeyId,
        )
        const opened = old.flatMap((row) => {
          const value = openKey(masters, row, row)
          return value === null ? [] : [{ row, ...sealKey(master, value, row) }]
        })
        await transaction`
          update provider_keys set master_key_id = ${master.masterKeyId}, sealed = anew.sealed
          from unnest(
            ${opened.map(({ row }) => row.keyId)}::text[], ${opened.map(({ sealed }) => sealed)}::text[]
          ) as anew (key_id, sealed)
          where provider_keys.key_id = anew.key_id`
        return { reencrypted: opened.length, unreadable: old.length - opened.length }
      })
    },
  }
}

const tell = <Type extends KeyEventType>(
  transaction: Transaction,
  type: Type,
  data: z.infer<(typeof keyEventData)[Type]>,
) => appendFacts(transaction, [{ kind: 'provider', id: data.provider, type, data, at: new Date() }])
