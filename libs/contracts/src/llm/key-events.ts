import { z } from 'zod'
import { KeyId } from './key-id.ts'
import { KeyAddress } from './provider-key.ts'

/** Facts of keys, on `maestro.event.provider.<provider>`. Never a value, nor a part of one. */
export const keyEventData = {
  /** A key was added, or has taken the place of `replaced`. */
  KeyRotated: z.object({
    ...KeyAddress.shape,
    keyId: KeyId,
    replaced: KeyId.nullable(),
  }),
  KeyDeleted: z.object({ ...KeyAddress.shape, keyId: KeyId }),
} as const
export type KeyEventType = keyof typeof keyEventData
