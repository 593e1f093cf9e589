import { z } from 'zod'
import { UserId } from '../ids.ts'
import { KeyId } from './key-id.ts'

/** Providers that ask for a key. */
export const KeyedProvider = z.enum(['groq', 'gemini'], {
  error: 'groq and gemini are the providers that take keys',
})
export type KeyedProvider = z.infer<typeof KeyedProvider>

/** What people call a key; unique among the keys of its owner at one provider. */
export const KeyName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a name is 1 to 40 characters: a-z, 0-9 and -')
export type KeyName = z.infer<typeof KeyName>

/** The name of the key that stands in the router's environment: it is changed there. */
export const environmentKeyName = 'env'

/** The secret itself. It travels in one direction only: in. */
export const KeyValue = z
  .string({ error: 'a key is a text' })
  .min(8, 'a key has at least 8 characters')
  .max(500, 'a key has at most 500 characters')
  .regex(/^[\x21-\x7e]*$/, 'a key is visible ASCII, without spaces or line breaks')

/** Where a key is kept. Null: it is the system's, and used for everybody. */
export const KeyAddress = z.object({
  provider: KeyedProvider,
  name: KeyName,
  userId: UserId.nullable(),
})
export type KeyAddress = z.infer<typeof KeyAddress>

/** All that is ever told of a key. */
export const ProviderKey = KeyAddress.extend({
  keyId: KeyId,
  /** Its last characters, for people who hold several; fewer of a short key, and none of a very short one. */
  ending: z.string().max(4),
  /** Null: it came with the environment. */
  createdAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable(),
  /** `refused`: its provider does not take it, so it is set aside. `unreadable`: it was sealed with another master key. */
  state: z.enum(['ready', 'refused', 'unreadable']),
  /** Why it is not ready and what to do; empty when it is. */
  reason: z.string().max(500),
})
export type ProviderKey = z.infer<typeof ProviderKey>
