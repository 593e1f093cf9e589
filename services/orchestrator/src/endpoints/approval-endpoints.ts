import { AppError } from '@maestro/contracts/errors'
import { taskIdOfApproval } from '@maestro/contracts/ids'
import { decideApproval, getApproval, listApprovals } from '@maestro/contracts/task/task-endpoints'
import { payloadOf } from '@maestro/service-kit/payload'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import { agentAsSaid } from '../answer/agent-in-words.ts'
import { guidanceSaid } from '../answer/guidance-said.ts'
import type { OncePerKey } from '../command/once-per-key.ts'
import type { TaskLists } from '../store/task-lists.ts'
import { editsFromDrafts } from '../plan/edits-from-drafts.ts'
import type { Tool } from '../tools/tool.ts'
import type { ToolRegistry } from '../tools/tool-registry.ts'

export const approvalEndpoints = ({
  commands,
  lists,
  registry,
  tools,
}: {
  commands: OncePerKey
  lists: TaskLists
  registry: Pick<ToolRegistry, 'problemOf'>
  tools: readonly Pick<Tool, 'name'>[]
}): Implementation[] => [
  implement(listApprovals, async (query) => ({ items: await lists.approvals(query) })),
  implement(getApproval, ({ approvalId }) => lists.approval(approvalId)),
  implement(decideApproval, async (input, { actor, idempotencyKey }) => {
    const { approvalId, decision, reason, expectedSeq, strategy, digest, edits, budget, agent } =
      input
    const taskId = taskIdOfApproval(approvalId)
    const guidance = guidanceSaid(decision, reason)
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
    const reworded = agent === undefined ? null : agentAsSaid(agent, tools)
    const edited = edits === undefined ? null : editsFromDrafts(taskId, edits, tools)
    return commands.handle({
      taskId,
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
        ...(edited !== null && { edits: edited.written }),
        ...(budget !== undefined && { budget }),
        ...(reworded !== null && { agent: reworded.changed }),
      },
      payloads: [
        guidance,
        changed,
        ...(edited?.payloads ?? []),
        ...(reworded?.payloads ?? []),
      ].filter((payload) => payload !== null),
      expectedSeq,
      key: idempotencyKey,
    })
  }),
]
