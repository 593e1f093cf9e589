import type { providerRoutes } from '@maestro/contracts/gateway/routes/provider-routes'
import { getStrategy, setStrategy } from '@maestro/contracts/llm/strategy-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const providerAnswers = ({ call }: { call: Call }): Answers<typeof providerRoutes> => ({
  getStrategy: ({ context }) => call(getStrategy, {}, context),
  setStrategy: ({ body: { strategy, expectedVersion = null }, context }) =>
    call(setStrategy, { strategy, expectedVersion }, context),
})
