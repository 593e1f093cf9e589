import type { errorRoutes } from '@maestro/contracts/gateway/routes/error-routes'
import { listErrorPatterns, listErrors } from '@maestro/contracts/llm/error-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const errorAnswers = ({ call }: { call: Call }): Answers<typeof errorRoutes> => ({
  listErrors: ({ query, context }) => {
    const { provider = null, failureClass = null, taskId = null, pattern = null } = query
    const { cursor = null, limit } = query
    return call(listErrors, { provider, failureClass, taskId, pattern, cursor, limit }, context)
  },
  listErrorPatterns: ({ query: { cursor = null, limit }, context }) =>
    call(listErrorPatterns, { cursor, limit }, context),
})
