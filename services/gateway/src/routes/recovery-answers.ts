import type { recoveryRoutes } from '@maestro/contracts/gateway/routes/recovery-routes'
import {
  listRecoveryStrategies,
  listRecoveryVersions,
  resetRecoveryStrategies,
  setRecoveryStrategy,
} from '@maestro/contracts/llm/recovery-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const recoveryAnswers = ({ call }: { call: Call }): Answers<typeof recoveryRoutes> => ({
  listRecoveryStrategies: ({ context }) => call(listRecoveryStrategies, {}, context),
  setRecoveryStrategy: ({ params, body: { strategy, expectedVersion = null }, context }) =>
    call(
      setRecoveryStrategy,
      { failureClass: params.failureClass, strategy, expectedVersion },
      context,
    ),
  resetRecoveryStrategies: ({ body: { failureClass = null, expectedVersion = null }, context }) =>
    call(resetRecoveryStrategies, { failureClass, expectedVersion }, context),
  listRecoveryVersions: ({ query: { before = null, limit }, context }) =>
    call(listRecoveryVersions, { before, limit }, context),
})
