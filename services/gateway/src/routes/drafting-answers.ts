import type { draftingRoutes } from '@maestro/contracts/gateway/routes/drafting-routes'
import { guideDrafting, lockPart, takeVersion } from '@maestro/contracts/task/drafting-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const draftingAnswers = ({ call }: { call: Call }): Answers<typeof draftingRoutes> => ({
  guideDrafting: ({ params, body, context }) =>
    call(guideDrafting, { ...params, ...body }, context),
  takeVersion: ({ params, body, context }) => call(takeVersion, { ...params, ...body }, context),
  lockPart: ({ params, body, context }) => call(lockPart, { ...params, ...body }, context),
})
