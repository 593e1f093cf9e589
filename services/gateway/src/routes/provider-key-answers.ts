import type { providerKeyRoutes } from '@maestro/contracts/gateway/routes/provider-key-routes'
import { userIdOf } from '@maestro/contracts/ids'
import {
  deleteProviderKey,
  listProviderKeys,
  putProviderKey,
  reencryptProviderKeys,
  testProviderKey,
} from '@maestro/contracts/llm/key-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { RequestContext } from '@maestro/service-kit/request-context'
import type { Answers } from './answers.ts'

const ownerOf = (scope: 'system' | 'user', { actor }: RequestContext) =>
  scope === 'user' ? userIdOf(actor) : null

export const providerKeyAnswers = ({
  call,
}: {
  call: Call
}): Answers<typeof providerKeyRoutes> => ({
  listProviderKeys: ({ context }) =>
    call(listProviderKeys, { userId: userIdOf(context.actor) }, context),
  putProviderKey: ({ params, query: { scope }, body: { value }, context }) =>
    call(putProviderKey, { ...params, userId: ownerOf(scope, context), value }, context),
  deleteProviderKey: async ({ params, query: { scope }, context }) => {
    await call(deleteProviderKey, { ...params, userId: ownerOf(scope, context) }, context)
  },
  testProviderKey: ({ params, query: { scope }, context }) =>
    call(testProviderKey, { ...params, userId: ownerOf(scope, context) }, context),
  reencryptProviderKeys: ({ context }) => call(reencryptProviderKeys, {}, context),
})
