import {
  giveGuidance,
  modifyAgent,
  previewRerun,
  rerunFrom,
  retryStep,
  setBreakpoint,
} from '@maestro/contracts/task/steering-endpoints'
import type { TaskCommand } from '@maestro/task-model/task-command'
import type { Actor } from '@maestro/contracts/actor'
import type { TaskId } from '@maestro/contracts/ids'
import type { Call } from '@maestro/service-kit/call'
import { type Payload, payloadOf } from '@maestro/service-kit/payload'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { SteeringCommand } from '@maestro/task-model/steering/steering-command'
import { agentAsSaid } from '../answer/agent-in-words.ts'
import type { OncePerKey } from '../command/once-per-key.ts'
import type { TaskCache } from '../command/task-cache.ts'
import type { Tool } from '../tools/tool.ts'
import { createPreviewRerun } from './preview-rerun.ts'

type Asked = { taskId: TaskId; expectedSeq: number | null }
type By = { actor: Actor; idempotencyKey: string | null }

const text = (content: string) => payloadOf('orchestrator', content, 'text/markdown')

/** What people do to steps and agents while a task runs. */
export const steeringEndpoints = ({
  commands,
  cache,
  tools,
  call,
}: {
  commands: OncePerKey
  cache: TaskCache
  tools: readonly Tool[]
  call: Call
}): Implementation[] => {
  const say = (
    { taskId, expectedSeq }: Asked,
    { actor, idempotencyKey }: By,
    command: SteeringCommand,
    payloads: readonly Payload[] = [],
  ) => {
    const at = new Date().toISOString()
    const said: TaskCommand = { ...command, at, actor }
    return commands.handle({ taskId, command: said, payloads, expectedSeq, key: idempotencyKey })
  }
  return [
    implement(retryStep, ({ stepId, reason, strategy, guidance, ...asked }, by) => {
      const words = guidance === null ? null : text(guidance)
      return say(
        asked,
        by,
        {
          type: 'RetryStep',
          stepId,
          reason,
          guidance: words?.ref ?? null,
          ...(strategy !== undefined && { strategy }),
        },
        words === null ? [] : [words],
      )
    }),
    implement(previewRerun, createPreviewRerun({ cache, call })),
    implement(rerunFrom, ({ stepId, reason, seen, ...asked }, by) =>
      say(asked, by, { type: 'RerunFrom', stepId, reason, seen }),
    ),
    implement(setBreakpoint, ({ stepId, isSet, ...asked }, by) =>
      say(asked, by, { type: 'SetBreakpoint', stepId, isSet }),
    ),
    implement(giveGuidance, ({ stepId, text: words, ...asked }, by) => {
      const payload = text(words)
      return say(asked, by, { type: 'GiveGuidance', stepId, text: payload.ref }, [payload])
    }),
    implement(modifyAgent, ({ agentId, version, changes, when, reason, ...asked }, by) => {
      const { changed, payloads } = agentAsSaid(changes, tools)
      return say(
        asked,
        by,
        { type: 'ModifyAgent', agentId, version, changes: changed, when, reason },
        payloads,
      )
    }),
  ]
}
