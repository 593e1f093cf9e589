import type { surgeryRoutes } from '@maestro/contracts/gateway/routes/surgery-routes'
import { editPlan, undoPlanEdit } from '@maestro/contracts/task/surgery-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const surgeryAnswers = ({ call }: { call: Call }): Answers<typeof surgeryRoutes> => ({
  editPlan: ({ params, body, context }) => call(editPlan, { ...params, ...body }, context),
  undoPlanEdit: ({ params, body, context }) => call(undoPlanEdit, { ...params, ...body }, context),
})
