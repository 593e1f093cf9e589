import { taskIdOfApproval } from '@maestro/contracts/ids'
import { decideApproval, getApproval, listApprovals } from '@maestro/contracts/task/task-endpoints'
import { payloadOf } from '@maestro/service-kit/payload'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { OncePerKey } from '../command/once-per-key.ts'
import type { TaskLists } from '../store/task-lists.ts'

export const approvalEndpoints = ({
  commands,
  lists,
}: {
  commands: OncePerKey
  lists: TaskLists
}): Implementation[] => [
  implement(listApprovals, async (query) => ({ items: await lists.approvals(query) })),
  implement(getApproval, ({ approvalId }) => lists.approval(approvalId)),
  implement(decideApproval, (input, { actor, idempotencyKey }) => {
    const { approvalId, decision, reason, expectedSeq, strategy } = input
    const guidance =
      decision === 'redraft' ? payloadOf('orchestrator', reason, 'text/markdown') : null
    return commands.handle({
      taskId: taskIdOfApproval(approvalId),
      command: {
        type: 'DecideApproval',
        at: new Date().toISOString(),
        actor,
        approvalId,
        decision,
        reason,
        guidance: guidance?.ref ?? null,
        ...(strategy !== undefined && { strategy }),
      },
      payloads: guidance ? [guidance] : [],
      expectedSeq,
      key: idempotencyKey,
    })
  }),
]
