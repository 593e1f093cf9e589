import type { approvalRoutes } from '@maestro/contracts/gateway/routes/approval-routes'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { decideApproval, getApproval, listApprovals } from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'

export const approvalAnswers = ({ call }: { call: Call }): Answers<typeof approvalRoutes> => ({
  listApprovals: ({ query, context }) => call(listApprovals, query, context),
  getApproval: ({ params, context }) => call(getApproval, params, context),
  decideApproval: ({ params, body, context }) => {
    const { raiseByUsd, raiseByTokens, stepIds, ...said } = body
    const raiseBy = raiseByUsd === undefined ? raiseByTokens : nanoUsdFromText(raiseByUsd)
    const budget = {
      ...(raiseBy !== undefined && { raiseBy }),
      ...(stepIds !== undefined && { stepIds }),
    }
    const answer = Object.keys(budget).length > 0 ? { budget } : {}
    return call(decideApproval, { ...params, ...said, ...answer }, context)
  },
})
