import { z } from 'zod'
import { setStrategy, StrategyVersion } from '../../llm/strategy-endpoints.ts'
import { httpRoutesOf } from '../http-route.ts'

const tag = 'providers'

/** Who answers calls. */
export const providerRoutes = httpRoutesOf({
  getStrategy: {
    method: 'GET',
    path: '/api/providers/strategy',
    tag,
    summary: 'Who answers calls in which order, where nothing else is wished.',
    access: 'owner',
    answer: StrategyVersion,
    status: 200,
    keyed: false,
    errors: [],
  },
  setStrategy: {
    method: 'PUT',
    path: '/api/providers/strategy',
    tag,
    summary: 'Changes who answers calls, as a new version, from now on.',
    access: 'owner',
    body: z.strictObject({
      strategy: setStrategy.input.shape.strategy,
      expectedVersion: StrategyVersion.shape.version.optional(),
    }),
    answer: StrategyVersion,
    status: 200,
    keyed: false,
    errors: ['VERSION_CONFLICT'],
  },
})
