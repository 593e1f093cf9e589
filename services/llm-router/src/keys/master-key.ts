import { createHmac } from 'node:crypto'

/** What seals the keys of providers: 32 bytes, known by a fingerprint that tells nothing about them. */
export type MasterKey = { readonly masterKeyId: string; readonly bytes: Buffer }

const bytesWanted = 32
const hex = /^[0-9a-f]{64}$/i
const base64 = /^[\w+/-]{43}=?$/

/** How to make one, for whoever has none or a wrong one. */
export const masterKeyAdvice =
  'It is 32 random bytes as 64 hex digits or in base64; `openssl rand -base64 32` makes one.'

/** Null: this is no master key. */
export const readMasterKey = (text: string): MasterKey | null => {
  const trimmed = text.trim()
  const bytes = hex.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : Buffer.from(base64.test(trimmed) ? trimmed : '', 'base64')
  if (bytes.length !== bytesWanted) return null
  return { masterKeyId: fingerprintOf(bytes), bytes }
}

const fingerprintOf = (bytes: Buffer) =>
  createHmac('sha256', bytes).update('maestro master key').digest('hex').slice(0, 16)
