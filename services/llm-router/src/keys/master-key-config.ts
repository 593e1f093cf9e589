import { z } from 'zod'
import { masterKeyAdvice, readMasterKey } from './master-key.ts'

const blankIsAbsent = (text: string) => (text.trim() === '' ? undefined : text.trim())

const MasterKeyText = z
  .string()
  .transform(blankIsAbsent)
  .transform((text, context) => {
    if (text === undefined) return undefined
    const key = readMasterKey(text)
    // What was given is not repeated: it may be most of a secret.
    if (key === null) context.addIssue(`this is no master key. ${masterKeyAdvice}`)
    return key ?? undefined
  })
  .optional()

/** What the router reads about its master key; spread it into the service's own schema. */
export const masterKeyConfig = {
  MAESTRO_MASTER_KEY: MasterKeyText,
  /** The one before: it opens what is not sealed anew yet. */
  MAESTRO_MASTER_KEY_PREVIOUS: MasterKeyText,
  /** Made at the first start when MAESTRO_MASTER_KEY is not set; all workers share it. */
  MAESTRO_MASTER_KEY_FILE: z.string().transform(blankIsAbsent).optional(),
} as const

export const MasterKeyConfig = z.object(masterKeyConfig)
export type MasterKeyConfig = z.infer<typeof MasterKeyConfig>
