import { guideDrafting, lockPart, takeVersion } from '@maestro/contracts/task/drafting-endpoints'
import { payloadOf } from '@maestro/service-kit/payload'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { OncePerKey } from '../command/once-per-key.ts'

/** What people say and do while a plan is drafted. */
export const draftingEndpoints = ({ commands }: { commands: OncePerKey }): Implementation[] => [
  implement(guideDrafting, ({ taskId, guidance, expectedSeq }, { actor, idempotencyKey }) => {
    const text = payloadOf('orchestrator', guidance, 'text/markdown')
    const by = { at: new Date().toISOString(), actor }
    return commands.handle({
      taskId,
      command: { type: 'GuideDrafting', guidance: text.ref, ...by },
      payloads: [text],
      expectedSeq,
      key: idempotencyKey,
    })
  }),
  implement(takeVersion, ({ taskId, version, expectedSeq }, { actor, idempotencyKey }) =>
    commands.handle({
      taskId,
      command: { type: 'TakeVersion', version, at: new Date().toISOString(), actor },
      expectedSeq,
      key: idempotencyKey,
    }),
  ),
  implement(lockPart, ({ taskId, part, isLocked, expectedSeq }, { actor, idempotencyKey }) =>
    commands.handle({
      taskId,
      command: { type: 'LockPart', part, isLocked, at: new Date().toISOString(), actor },
      expectedSeq,
      key: idempotencyKey,
    }),
  ),
]
