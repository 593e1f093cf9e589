import { payloadOf } from '@maestro/service-kit/payload'
import type { PayloadReader } from '@maestro/service-kit/payload-reader'
import type { BornTask } from '@maestro/task-model/task'
import type { Effect } from '@maestro/task-model/effects-of'
import type { CommandHandler } from '../command/command-handler.ts'
import type { TaskCache } from '../command/task-cache.ts'
import type { ToolContext } from '../tools/tool.ts'
import type { ToolRegistry } from '../tools/tool-registry.ts'
import { effectKey, type EffectStore, type LeasedEffect } from './effect-store.ts'
import type { Gate } from './gate.ts'
import { reactorActor } from './reactor-actor.ts'
import { waitingTask } from './waiting-task.ts'

type ToolEffect = Extract<Effect, { kind: 'tool' }>

/** Runs one tool call to its answer. Tools of today are idempotent or keyed: after a crash the call is simply made again (I5). */
export type RunTool = (
  leased: LeasedEffect,
  effect: ToolEffect,
  signal: AbortSignal,
) => Promise<void>

export const createRunTool =
  ({
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
  }): RunTool =>
  ({ taskId, effect: { id } }, { place, tool, arguments: args }, signal) =>
    gate(async () => {
      const task = await waitingTask(cache, taskId, (known) => isAsked(known, place))
      if (task === null) {
        // Answered already, by another copy, or its task has ended: nothing is left to do.
        await store.close(taskId, id)
        return
      }
      const by = { actor: reactorActor, place }
      const allowed = toolsOf(task, place.stepId)
      if (!allowed.includes(tool)) {
        const reason = `This agent has no tool "${tool}". It has: ${allowed.join(', ') || 'none'}.`
        const result = payloadOf(
          'orchestrator',
          JSON.stringify({ error: reason }),
          'application/json',
        )
        await commands.handle({
          taskId,
          command: { ...by, at: now(), type: 'RefuseTool', tool, reason, result: result.ref },
          payloads: [result],
        })
        return
      }
      const {
        ok,
        result: text,
        latencyMs,
      } = await registry.runTool({
        tool,
        argumentsText: await payloads.readText(args),
        context: {
          ...contextOf(task, place.stepId, payloads, signal),
          callKey: effectKey(taskId, id),
        },
      })
      const result = payloadOf('orchestrator', text, 'application/json')
      await commands.handle({
        taskId,
        command: { ...by, at: now(), type: 'AnswerTool', ok, result: result.ref, latencyMs },
        payloads: [result],
      })
    })

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

const toolsOf = (task: BornTask, stepId: ToolEffect['place']['stepId']): readonly string[] => {
  const step = task.steps[stepId]
  return step ? (task.agents[step.agentId]?.tools ?? []) : []
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
