import type { approvalRoutes } from '@maestro/contracts/gateway/routes/approval-routes'
import { nanoUsdFromText } from '@maestro/contracts/money/nano-usd'
import { exportApprovals } from '@maestro/contracts/task/audit-endpoints'
import { decideApproval, getApproval, listApprovals } from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Answers } from './answers.ts'
import type { FileSender } from './send-payload.ts'

export const approvalAnswers = ({
  call,
  sendPayload,
}: {
  call: Call
  sendPayload: FileSender
}): Answers<typeof approvalRoutes> => ({
  exportApprovals: async ({ params: { taskId }, context }, reply) => {
    const { payload, head } = await call(exportApprovals, { taskId }, context)
    void reply.header('x-approvals-head', head)
    const name = `${taskId}-approvals.jsonl`
    return sendPayload(reply, payload, { name, context })
  },
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
