import { payloadOf } from '@maestro/service-kit/payload'
import type { PayloadReader } from '@maestro/service-kit/payload-reader'
import type { BornTask } from '@maestro/task-model/task'
import type { Effect } from '@maestro/task-model/effects-of'
import { toolMisfit } from '../answer/tool-misfit.ts'
import type { CommandHandler } from '../command/command-handler.ts'
import type { TaskCache } from '../command/task-cache.ts'
import type { ToolContext } from '../tools/tool.ts'
import type { ToolRegistry, ToolRun } from '../tools/tool-registry.ts'
import { effectKey, type EffectStore, type LeasedEffect } from './effect-store.ts'
import type { Gate } from './gate.ts'
import { reactorActor } from './reactor-actor.ts'
import { toolRefusal } from './tool-refusal.ts'
import { waitingTask } from './waiting-task.ts'

type ToolEffect = Extract<Effect, { kind: 'tool' }>

/** Runs one tool call to its answer. After a crash it is simply made again, but for an unsafe tool: whether that ran is a question to a person (I5). */
export type RunTool = (
  leased: LeasedEffect,
  effect: ToolEffect,
  signal: AbortSignal,
) => Promise<void>

export const createRunTool = ({
  cache,
  commands,
  registry,
  payloads,
  store,
  gate,
}: {
  cache: TaskCache
  commands: CommandHandler
  registry: ToolRegistry
  payloads: PayloadReader
  store: EffectStore
  /** Bounds the tools that run at once. */
  gate: Gate
}): RunTool => {
  /** Unsafe tools that this process has begun; with what came of it, until that is committed. */
  const begun = new Map<string, ToolRun | null>()
  return ({ taskId, effect: { id }, takes }, { place, tool, arguments: args }, signal) =>
    gate(async () => {
      const task = await waitingTask(cache, taskId, (known) => isAsked(known, place))
      if (task === null) {
        // Answered already, by another copy, or its task has ended: nothing is left to do.
        await store.close(taskId, id)
        return
      }
      const by = { actor: reactorActor, place }
      const refused = toolRefusal(task, place.stepId, tool)
      if (refused !== null) {
        const { reason, result } = refused
        await commands.handle({
          taskId,
          command: { ...by, at: now(), type: 'RefuseTool', tool, reason, result: result.ref },
          payloads: [result],
        })
        return
      }
      const isUnsafe = registry.get(tool)?.repeat === 'unsafe'
      const key = effectKey(taskId, id)
      // Another process had it, or this one began it and lost what came of it.
      if (isUnsafe && (takes > 1 || begun.has(key))) {
        const known = begun.get(key)
        if (known === undefined || known === null) {
          await commands.handle({ taskId, command: { ...by, at: now(), type: 'DoubtTool' } })
          begun.delete(key)
          return
        }
      }
      const argumentsText = await payloads.readText(args)
      if (isUnsafe && !begun.has(key)) begun.set(key, null)
      const run =
        begun.get(key) ??
        (await registry.runTool({
          tool,
          argumentsText,
          context: { ...contextOf(task, place.stepId, payloads, signal), callKey: key },
        }))
      if (isUnsafe) begun.set(key, run)
      const { ok, result: text, latencyMs } = run
      const result = payloadOf('orchestrator', text, 'application/json')
      await commands.handle({
        taskId,
        command: {
          ...by,
          at: now(),
          type: 'AnswerTool',
          ok,
          result: result.ref,
          latencyMs,
          ...toolMisfit(text, ok, task.steps[place.stepId]?.promise),
        },
        payloads: [result],
      })
      begun.delete(key)
    })
}

const now = () => new Date().toISOString()

const isAsked = (
  task: BornTask,
  { stepId, attempt, turn, toolCallId }: ToolEffect['place'],
): boolean => {
  const step = task.steps[stepId]
  const last = step?.turns.at(-1)
  if (task.stage === 'ended' || step?.attempt !== attempt || last?.turn !== turn) return false
  return last.toolUses.some((use) => use.toolCallId === toolCallId && use.status === 'running')
}

/** A tool sees the inputs that its step names, and no other. */
const contextOf = (
  task: BornTask,
  stepId: ToolEffect['place']['stepId'],
  payloads: PayloadReader,
  signal: AbortSignal,
): Omit<ToolContext, 'callKey'> => {
  const names = task.steps[stepId]?.inputs ?? []
  const inputs = task.inputs.filter(({ name }) => names.includes(name))
  return {
    inputs: inputs.map(({ name, mediaType, content }) => ({
      name,
      mediaType,
      bytes: content.bytes,
    })),
    readInput: (name) => {
      const input = inputs.find((candidate) => candidate.name === name)
      if (!input) return Promise.reject(new Error(`no input ${name}`))
      return payloads.readText(input.content)
    },
    signal,
  }
}
