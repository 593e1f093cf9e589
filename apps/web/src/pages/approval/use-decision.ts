import { useMutation, useQueryClient } from '@tanstack/react-query'
import { use } from 'react'
import { approvalsKey, decideApproval, type Decision, readApproval } from '../../api/approvals.ts'
import { useApp } from '../../shell/app-context.ts'
import { TaskContext } from '../task/task-context.ts'
import { decideAsSeen, type Seen } from './decide-as-seen.ts'

export type DecisionAsked = Seen & Omit<Decision, 'approvalId' | 'expectedSeq' | 'digest'>

/** Sends a decision. Tried again after an outage it cannot decide twice. */
export const useDecision = () => {
  const { http } = useApp()
  const client = useQueryClient()
  const session = use(TaskContext)
  const decision = useMutation({
    mutationFn: ({
      decision,
      reason,
      strategy,
      arguments: changed,
      raiseByUsd,
      raiseByTokens,
      stepIds,
      edits,
      agent,
      ...seen
    }: DecisionAsked) =>
      decideAsSeen(seen, {
        send: (expectedSeq) => {
          const { approvalId, digest } = seen
          const body = {
            approvalId,
            decision,
            reason,
            expectedSeq,
            ...(strategy !== undefined && { strategy }),
            ...(digest !== undefined && { digest }),
            ...(changed !== undefined && { arguments: changed }),
            ...(raiseByUsd !== undefined && { raiseByUsd }),
            ...(raiseByTokens !== undefined && { raiseByTokens }),
            ...(stepIds !== undefined && { stepIds }),
            ...(edits !== undefined && { edits }),
            ...(agent !== undefined && { agent }),
          }
          return decideApproval(http, body)
        },
        read: (approvalId) => readApproval(http, approvalId),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: approvalsKey }),
  })
  const checkAgain = () => {
    session?.check()
    void client.invalidateQueries({ queryKey: approvalsKey })
    // Its answer is not there either: asked for again it is the same decision.
    if (decision.isPending) decision.mutate(decision.variables)
  }
  return { ...decision, checkAgain }
}
