import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { KeyId } from '@maestro/contracts/llm/key-id'
import type { KeyAddress } from '@maestro/contracts/llm/provider-key'
import type { MasterKey } from './master-key.ts'
import type { MasterKeys } from './master-keys.ts'

// S1: a value is sealed for its row: what says whose it is goes into the seal, so that a row with
//     another's value in it does not open.
// S2: a nonce is random and used once. 96 bits are safe for some billion values of one master key.
// S3: what does not open is unreadable. There is no other way to a value.

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Whose value is sealed. */
export type SealedFor = KeyAddress & { keyId: KeyId }

/** `sealed` is nonce, tag and cipher text in one piece, in base64. */
export type Sealed = { masterKeyId: string; sealed: string }

const boundTo = ({ keyId, provider, userId, name }: SealedFor) =>
  Buffer.from(JSON.stringify(['maestro provider key', 1, keyId, provider, userId, name]))

export const sealKey = (master: MasterKey, value: string, sealedFor: SealedFor): Sealed => {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, master.bytes, nonce, { authTagLength: tagBytes })
  cipher.setAAD(boundTo(sealedFor))
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return {
    masterKeyId: master.masterKeyId,
    sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64'),
  }
}

/** Null: it cannot be opened with what is here. */
export const openKey = (
  masters: MasterKeys,
  { masterKeyId, sealed }: Sealed,
  sealedFor: SealedFor,
): string | null => {
  const master = masters.byId(masterKeyId)
  const bytes = Buffer.from(sealed, 'base64')
  if (master === undefined || bytes.length <= nonceBytes + tagBytes) return null
  const nonce = bytes.subarray(0, nonceBytes)
  const decipher = createDecipheriv(algorithm, master.bytes, nonce, { authTagLength: tagBytes })
  decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
  decipher.setAAD(boundTo(sealedFor))
  try {
    const text = decipher.update(bytes.subarray(nonceBytes + tagBytes))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    // Changed, moved to another row, or of another master key: GCM does not say which.
    return null
  }
}
