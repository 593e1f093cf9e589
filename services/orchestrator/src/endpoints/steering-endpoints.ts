import { AppError } from '@maestro/contracts/errors'
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
      const known = tools.map(({ name }) => name)
      const unknown = (changes.tools ?? []).filter((name) => !known.includes(name))
      if (unknown.length > 0) {
        const why = `there is no tool ${unknown.join(', ')}; there are: ${known.join(', ')}`
        throw new AppError('INVALID_INPUT', { field: 'tools', reason: why, unknown, known })
      }
      const { prompt, description, suggestions } = changes
      const payloads: Payload[] = []
      const put = (content: string) => {
        const payload = text(content)
        payloads.push(payload)
        return payload.ref
      }
      const changed = {
        ...(prompt !== undefined && { prompt: put(prompt) }),
        ...(description !== undefined && { description: put(description) }),
        ...(changes.tools !== undefined && { tools: changes.tools }),
        ...(suggestions !== undefined && { suggestions: suggestions.map(put) }),
      }
      return say(
        asked,
        by,
        { type: 'ModifyAgent', agentId, version, changes: changed, when, reason },
        payloads,
      )
    }),
  ]
}
