import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { approvalsKey, decideApproval, type Decision, readApproval } from '../../api/approvals.ts'
import { newIdempotencyKey } from '../../api/new-key.ts'
import { useApp } from '../../shell/app-context.ts'
import { decideAsSeen, type Seen } from './decide-as-seen.ts'

export type DecisionAsked = Seen & Omit<Decision, 'approvalId' | 'expectedSeq' | 'digest'>

/** Sends a decision. Trying again after an outage sends the same key: it cannot decide twice. */
export const useDecision = () => {
  const { http } = useApp()
  const client = useQueryClient()
  const keys = useRef(new Map<string, string>())
  const keyOf = (intent: string) => {
    const key = keys.current.get(intent) ?? newIdempotencyKey()
    keys.current.set(intent, key)
    return key
  }
  return useMutation({
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
          return decideApproval(http, body, keyOf(JSON.stringify(body)))
        },
        read: (approvalId) => readApproval(http, approvalId),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: approvalsKey }),
  })
}
