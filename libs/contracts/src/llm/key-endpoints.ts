import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { UserId } from '../ids.ts'
import { FailureClass } from './call-facts.ts'
import { KeyAddress, KeyValue, ProviderKey } from './provider-key.ts'

const timeoutMs = 3_000

export const putProviderKey = endpoint({
  service: 'llm-router',
  name: 'putProviderKey',
  summary:
    'Keeps a key of a provider, sealed; under a name that exists, it takes the place of the old one.',
  input: KeyAddress.extend({ value: KeyValue }),
  output: z.object({ key: ProviderKey }),
  errors: ['MASTER_KEY_MISSING', 'TOO_MANY_KEYS'],
  timeoutMs,
})

export const listProviderKeys = endpoint({
  service: 'llm-router',
  name: 'listProviderKeys',
  summary:
    'The keys of the system, those of one user, and those of the environment; never their values.',
  input: z.object({ userId: UserId }),
  output: z.object({ items: z.array(ProviderKey) }),
  errors: [],
  timeoutMs,
})

export const deleteProviderKey = endpoint({
  service: 'llm-router',
  name: 'deleteProviderKey',
  summary: 'Forgets a key. Calls that run with it end; no other is made with it.',
  input: KeyAddress,
  output: z.object({}),
  errors: ['NOT_FOUND'],
  timeoutMs,
})

/** How long a provider may take to list its models. */
export const keyTestTimeoutMs = 10_000

export const testProviderKey = endpoint({
  service: 'llm-router',
  name: 'testProviderKey',
  summary:
    'Asks the provider for its models with this key. A key that was set aside is taken back when it works.',
  input: KeyAddress,
  output: z.discriminatedUnion('accepted', [
    z.object({
      accepted: z.literal(true),
      models: z.int().nonnegative(),
      latencyMs: z.int().nonnegative(),
    }),
    z.object({
      accepted: z.literal(false),
      failureClass: FailureClass,
      /** What the provider said and what to do; never the key. */
      message: z.string().max(500),
      latencyMs: z.int().nonnegative(),
    }),
  ]),
  errors: ['NOT_FOUND', 'KEY_UNREADABLE'],
  timeoutMs: keyTestTimeoutMs + timeoutMs,
})

export const reencryptProviderKeys = endpoint({
  service: 'llm-router',
  name: 'reencryptProviderKeys',
  summary:
    'Seals every key with the present master key, so that the one before can be thrown away.',
  input: z.object({}),
  output: z.object({
    reencrypted: z.int().nonnegative(),
    /** Sealed with a master key that is not here: put them again, or bring that one back. */
    unreadable: z.int().nonnegative(),
  }),
  errors: ['MASTER_KEY_MISSING'],
  timeoutMs: 30_000,
})
