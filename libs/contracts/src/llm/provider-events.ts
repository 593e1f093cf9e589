import { z } from 'zod'
import { ProviderName } from './chat.ts'
import { KeyId } from './key-id.ts'

/** What people are told of: `cooling` is a quota that is used up for the day; a limit of a minute is everyday life. */
export const ToldState = z.enum(['ready', 'cooling', 'broken', 'off'])
export type ToldState = z.infer<typeof ToldState>

/** Facts of providers, on `maestro.event.provider.<provider>`: each once, however many workers see it. */
export const providerEventData = {
  /** A breaker opened or closed, a key or a model was refused or works again, a day's quota is used up. */
  ProviderStateChanged: z.object({
    provider: ProviderName,
    /** Null: whichever model. */
    model: z.string().nullable(),
    /** Null: whichever key, or the provider asks for none. */
    keyId: KeyId.nullable(),
    from: ToldState,
    to: ToldState,
    /** Empty when it is ready again. */
    reason: z.string(),
    /** When it is tried again; null when it is ready. */
    until: z.iso.datetime().nullable(),
  }),
} as const
