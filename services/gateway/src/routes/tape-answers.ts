import type { tapeRoutes } from '@maestro/contracts/gateway/routes/tape-routes'
import { playTape } from '@maestro/contracts/task/tape-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const tapeAnswers = ({ call }: { call: Call }): Answers<typeof tapeRoutes> => ({
  playTape: ({ params, body, context }) => call(playTape, { ...params, ...body }, context),
})
