import type { KeyId } from '@maestro/contracts/llm/key-id'
import type { KeyAddress } from '@maestro/contracts/llm/provider-key'
import type { Sql, Transaction } from '@maestro/service-kit/database'
import type { Sealed, SealedFor } from './seal-key.ts'

/** A key as it is kept. */
export type KeyRow = SealedFor &
  Sealed & { ending: string; createdAt: Date; lastUsedAt: Date | null; refusal: string | null }

const columns = (sql: Sql | Transaction) => sql`
  key_id as "keyId", provider, name, user_id as "userId", master_key_id as "masterKeyId", sealed,
  ending, created_at as "createdAt", last_used_at as "lastUsedAt", refusal`

export const readKeys = (sql: Sql | Transaction): Promise<KeyRow[]> =>
  sql<KeyRow[]>`select ${columns(sql)} from provider_keys order by created_at, key_id`

export const findKey = async (
  sql: Sql | Transaction,
  { provider, name, userId }: KeyAddress,
): Promise<KeyRow | null> => {
  const [row] = await sql<KeyRow[]>`
    select ${columns(sql)} from provider_keys
    where provider = ${provider} and name = ${name} and user_id is not distinct from ${userId}`
  return row ?? null
}

export const insertKey = async (sql: Transaction, row: KeyRow): Promise<void> => {
  await sql`
    insert into provider_keys
      (key_id, provider, name, user_id, master_key_id, sealed, ending, created_at, last_used_at, refusal)
    values (${row.keyId}, ${row.provider}, ${row.name}, ${row.userId}, ${row.masterKeyId},
      ${row.sealed}, ${row.ending}, ${row.createdAt}, ${row.lastUsedAt}, ${row.refusal})`
}

/** @returns whether it was there. */
export const deleteKey = async (sql: Transaction, keyId: KeyId): Promise<boolean> => {
  const deleted = await sql`delete from provider_keys where key_id = ${keyId}`
  return deleted.count > 0
}

/** Says that keys change in this transaction. Its lock makes changes wait for each other, so that a count of keys holds until the commit. */
export const beginChange = async (sql: Transaction): Promise<void> => {
  await sql`
    insert into key_changes as change (what, revision) values ('keys', 1)
    on conflict (what) do update set revision = change.revision + 1`
}

/** Grows with every change of a key. */
export const readRevision = async (sql: Sql): Promise<number> => {
  const [row] = await sql<
    { revision: number }[]
  >`select revision from key_changes where what = 'keys'`
  return row?.revision ?? 0
}
