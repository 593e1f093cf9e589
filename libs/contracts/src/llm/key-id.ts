import { z } from 'zod'

/**
 * One value of a provider's key, without the value: a rotated key has a new id, so that journals and
 * conditions never mean two values by one id. `env`: the key that stands in the router's environment.
 */
export const KeyId = z
  .string()
  .regex(/^(env|key_[0-9a-z]{1,40})$/, 'a key id is env, or looks like key_01j…')
  .brand<'KeyId'>()
export type KeyId = z.infer<typeof KeyId>

/** The key that stands in the environment of the router. */
export const environmentKeyId = 'env' as KeyId
