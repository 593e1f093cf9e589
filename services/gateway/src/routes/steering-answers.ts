import { inUsd } from '@maestro/contracts/gateway/in-usd'
import type { steeringRoutes } from '@maestro/contracts/gateway/routes/steering-routes'
import {
  giveGuidance,
  modifyAgent,
  previewRerun,
  rerunFrom,
  retryStep,
  setBreakpoint,
} from '@maestro/contracts/task/steering-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const steeringAnswers = ({ call }: { call: Call }): Answers<typeof steeringRoutes> => ({
  retryStep: ({ params, body, context }) => call(retryStep, { ...params, ...body }, context),
  previewRerun: async ({ params, context }) => {
    const preview = await call(previewRerun, params, context)
    return { ...inUsd(preview), steps: preview.steps.map(inUsd) }
  },
  rerunFrom: ({ params, body, context }) => call(rerunFrom, { ...params, ...body }, context),
  setBreakpoint: ({ params, body, context }) =>
    call(setBreakpoint, { ...params, ...body }, context),
  giveGuidance: ({ params, body, context }) => call(giveGuidance, { ...params, ...body }, context),
  modifyAgent: ({ params, body, context }) => call(modifyAgent, { ...params, ...body }, context),
})
