import { AppError } from '@maestro/contracts/errors'
import { taskIdOfApproval } from '@maestro/contracts/ids'
import { decideApproval, getApproval, listApprovals } from '@maestro/contracts/task/task-endpoints'
import { payloadOf } from '@maestro/service-kit/payload'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { OncePerKey } from '../command/once-per-key.ts'
import type { TaskLists } from '../store/task-lists.ts'
import type { ToolRegistry } from '../tools/tool-registry.ts'

export const approvalEndpoints = ({
  commands,
  lists,
  registry,
}: {
  commands: OncePerKey
  lists: TaskLists
  registry: Pick<ToolRegistry, 'problemOf'>
}): Implementation[] => [
  implement(listApprovals, async (query) => ({ items: await lists.approvals(query) })),
  implement(getApproval, ({ approvalId }) => lists.approval(approvalId)),
  implement(decideApproval, async (input, { actor, idempotencyKey }) => {
    const { approvalId, decision, reason, expectedSeq, strategy, digest } = input
    // The Planner reads it, or the agent that waits for a tool.
    const guidance =
      decision === 'redraft' || decision === 'reject' || decision === 'answer'
        ? payloadOf('orchestrator', reason, 'text/markdown')
        : null
    const changed =
      input.arguments === undefined
        ? null
        : payloadOf('orchestrator', input.arguments, 'application/json')
    if (input.arguments !== undefined) {
      const { toolUse } = await lists.approval(approvalId)
      const tool = toolUse?.tool ?? ''
      const problem = registry.problemOf({ tool, argumentsText: input.arguments })
      if (problem !== null)
        throw new AppError('INVALID_INPUT', { field: 'arguments', reason: problem })
    }
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
        ...(digest !== undefined && { digest }),
        ...(changed !== null && { arguments: changed.ref }),
      },
      payloads: [guidance, changed].filter((payload) => payload !== null),
      expectedSeq,
      key: idempotencyKey,
    })
  }),
]
