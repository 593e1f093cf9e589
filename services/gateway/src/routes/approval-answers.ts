import type { approvalRoutes } from '@maestro/contracts/gateway/routes/approval-routes'
import { decideApproval, getApproval, listApprovals } from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const approvalAnswers = ({ call }: { call: Call }): Answers<typeof approvalRoutes> => ({
  listApprovals: ({ query, context }) => call(listApprovals, query, context),
  getApproval: ({ params, context }) => call(getApproval, params, context),
  decideApproval: ({ params, body, context }) =>
    call(decideApproval, { ...params, ...body }, context),
})
