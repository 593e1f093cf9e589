import { z } from 'zod'
import { reencryptProviderKeys, testProviderKey } from '../../llm/key-endpoints.ts'
import { KeyAddress, KeyValue, ProviderKey } from '../../llm/provider-key.ts'
import { httpRoutesOf } from '../http-route.ts'

const tag = 'keys'
const params = KeyAddress.pick({ provider: true, name: true })

/** Whose key it is: `system`: used for everybody's calls; `user`: for those of whoever asks, and before the system's. */
const query = z.strictObject({ scope: z.enum(['system', 'user']).default('system') })

/**
 * Keys of providers: in they go, never out. None of these routes is keyed: a body with a secret in it
 * must leave no trace in the store of answers, and putting, deleting and testing repeat themselves
 * harmlessly.
 */
export const providerKeyRoutes = httpRoutesOf({
  listProviderKeys: {
    method: 'GET',
    path: '/api/providers/keys',
    tag,
    summary: 'The keys of the system, your own, and those of the environment; never their values.',
    access: 'owner',
    answer: z.object({ items: z.array(ProviderKey) }),
    status: 200,
    keyed: false,
    errors: [],
  },
  putProviderKey: {
    method: 'PUT',
    path: '/api/providers/keys/:provider/:name',
    tag,
    summary: 'Keeps a key, sealed; under a name that exists, it takes the place of the old one.',
    access: 'owner',
    params,
    query,
    body: z.strictObject(
      { value: KeyValue },
      // The names of fields are not repeated: a key may stand in the wrong place.
      { error: ({ code }) => (code === 'unrecognized_keys' ? 'takes value alone' : undefined) },
    ),
    answer: z.object({ key: ProviderKey }),
    status: 200,
    keyed: false,
    errors: ['MASTER_KEY_MISSING', 'TOO_MANY_KEYS'],
  },
  deleteProviderKey: {
    method: 'DELETE',
    path: '/api/providers/keys/:provider/:name',
    tag,
    summary: 'Forgets a key. Calls that run with it end; no other is made with it.',
    access: 'owner',
    params,
    query,
    status: 204,
    keyed: false,
    errors: ['NOT_FOUND'],
  },
  testProviderKey: {
    method: 'POST',
    path: '/api/providers/keys/:provider/:name/test',
    tag,
    summary: 'Asks the provider for its models with this key, and says what it says.',
    access: 'owner',
    params,
    query,
    answer: testProviderKey.output,
    status: 200,
    keyed: false,
    errors: ['NOT_FOUND', 'KEY_UNREADABLE'],
  },
  reencryptProviderKeys: {
    method: 'POST',
    path: '/api/providers/keys/reencrypt',
    tag,
    summary:
      'Seals every key with the present master key, so that the one before can be thrown away.',
    access: 'owner',
    answer: reencryptProviderKeys.output,
    status: 200,
    keyed: false,
    errors: ['MASTER_KEY_MISSING'],
  },
})
