import { randomBytes } from 'node:crypto'
import { UserId } from '@maestro/contracts/ids'
import { KeyId } from '@maestro/contracts/llm/key-id'
import { expect, test } from 'vitest'
import { masterKeysOf } from './master-keys.ts'
import { type MasterKey, readMasterKey } from './master-key.ts'
import { openKey, sealKey, type SealedFor } from './seal-key.ts'

const newMaster = (): MasterKey => {
  const key = readMasterKey(randomBytes(32).toString('base64'))
  if (key === null) throw new Error('32 bytes are a master key')
  return key
}
const master = newMaster()
const masters = masterKeysOf(master)
const value = 'gsk_of-somebody-0123456789'
const place: SealedFor = {
  keyId: KeyId.parse('key_1'),
  provider: 'groq',
  userId: null,
  name: 'main',
}

test('what is sealed opens again, and is nowhere in what is kept', () => {
  const sealed = sealKey(master, value, place)
  expect(openKey(masters, sealed, place)).toBe(value)
  expect(Buffer.from(sealed.sealed, 'base64').includes(value)).toBe(false)
})

test('the same value is never sealed alike', () => {
  const seals = Array.from({ length: 200 }, () => sealKey(master, value, place).sealed)
  expect(new Set(seals).size).toBe(200)
})

test.each<[string, Partial<SealedFor>]>([
  ['another key', { keyId: KeyId.parse('key_2') }],
  ['another provider', { provider: 'gemini' }],
  ['a user', { userId: UserId.parse('ann') }],
  ['another name', { name: 'other' }],
])('in the row of %s it does not open', (_whose, other) =>
  expect(openKey(masters, sealKey(master, value, place), { ...place, ...other })).toBeNull(),
)

test('a single changed bit, wherever it is, and it does not open', () => {
  const sealed = sealKey(master, value, place)
  const bytes = Buffer.from(sealed.sealed, 'base64')
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes)
    changed[index] = (changed[index] ?? 0) ^ 1
    expect(openKey(masters, { ...sealed, sealed: changed.toString('base64') }, place)).toBeNull()
  }
})

test.each(['', 'AAAA', '%%%', Buffer.alloc(28).toString('base64')])('%j opens to nothing', (text) =>
  expect(openKey(masters, { masterKeyId: master.masterKeyId, sealed: text }, place)).toBeNull(),
)

test('after a change of the master key the one before still opens, and a strange one does not', () => {
  const sealed = sealKey(master, value, place)
  const next = newMaster()
  expect(openKey(masterKeysOf(next, [master]), sealed, place)).toBe(value)
  expect(openKey(masterKeysOf(next), sealed, place)).toBeNull()
  const renamed = { ...sealed, masterKeyId: next.masterKeyId }
  expect(openKey(masterKeysOf(next, [master]), renamed, place)).toBeNull()
})
