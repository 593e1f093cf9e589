import type { Actor } from '@maestro/contracts/actor'
import { editPlan, undoPlanEdit } from '@maestro/contracts/task/surgery-endpoints'
import { payloadOf } from '@maestro/service-kit/payload'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { OncePerKey } from '../command/once-per-key.ts'
import { editsFromDrafts } from '../plan/edits-from-drafts.ts'
import type { Tool } from '../tools/tool.ts'

/** What people do to the plan while it runs. */
export const surgeryEndpoints = ({
  commands,
  tools,
}: {
  commands: OncePerKey
  tools: readonly Tool[]
}): Implementation[] => {
  const by = (actor: Actor) => ({ at: new Date().toISOString(), actor })
  return [
    implement(editPlan, (input, { actor, idempotencyKey }) => {
      const { taskId, baseVersion, edits, reason, expectedSeq } = input
      const { written, payloads } = editsFromDrafts(taskId, edits, tools)
      return commands.handle({
        taskId,
        command: { type: 'EditPlan', baseVersion, reason, ...written, ...by(actor) },
        payloads,
        expectedSeq,
        key: idempotencyKey,
      })
    }),
    implement(undoPlanEdit, (input, { actor, idempotencyKey }) => {
      const { taskId, baseVersion, restore = null, reason, expectedSeq } = input
      const written = JSON.stringify({ undo: { baseVersion, restore } })
      const document = payloadOf('orchestrator', written, 'application/json')
      const undo = { type: 'UndoPlanEdit', baseVersion, restore, reason } as const
      return commands.handle({
        taskId,
        command: { ...undo, document: document.ref, ...by(actor) },
        payloads: [document],
        expectedSeq,
        key: idempotencyKey,
      })
    }),
  ]
}
