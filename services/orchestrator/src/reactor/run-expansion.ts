import { type Payload, payloadOf } from '@maestro/service-kit/payload'
import type { PayloadReader } from '@maestro/service-kit/payload-reader'
import type { Expansion } from '@maestro/task-model/expansion/expansion'
import type { ExpansionCommand } from '@maestro/task-model/expansion/expansion-command'
import { runOf } from '@maestro/task-model/expansion/run-of'
import type { ExpansionQuestion } from '@maestro/task-model/expansion/expansion-effects'
import { evaluateList, evaluateWhile } from '@maestro/task-model/plan/evaluate-condition'
import type { BornTask, Step } from '@maestro/task-model/task'
import type { CommandHandler } from '../command/command-handler.ts'
import type { TaskCache } from '../command/task-cache.ts'
import type { EffectStore, LeasedEffect } from './effect-store.ts'
import { evaluateInTime, factsFor, outputBytesMax, outputValue, tooLong } from './facts-for.ts'
import { reactorActor } from './reactor-actor.ts'
import { waitingTask } from './waiting-task.ts'

/** Finds in the outputs what a step that becomes several needs to know. */
export type RunExpansion = (leased: LeasedEffect, question: ExpansionQuestion) => Promise<void>

/** Of all outputs of a list's items, which are held in memory together. */
const collectedBytesMax = 1024 * 1024

type Answer = { command: ExpansionCommand; payloads: readonly Payload[] }

export const createRunExpansion =
  ({
    cache,
    commands,
    payloads,
    store,
  }: {
    cache: TaskCache
    commands: CommandHandler
    payloads: PayloadReader
    store: EffectStore
  }): RunExpansion =>
  async ({ taskId, effect: { id } }, question) => {
    const task = await waitingTask(cache, taskId, (known) => isAsked(known, question))
    const step = task?.steps[question.stepId]
    if (!task || !step) {
      // Answered already, by another copy, or its task has ended: nothing is left to do.
      await store.close(taskId, id)
      return
    }
    const by = { at: new Date().toISOString(), actor: reactorActor }
    const { command, payloads: put } = await answerExpansion(question, step, task, payloads)
    await commands.handle({ taskId, command: { ...by, ...command }, payloads: put })
  }

const phases = { list: 'list', while: 'while', outputs: 'outputs' } as const satisfies Record<
  ExpansionQuestion['kind'],
  Expansion['phase']
>

const isAsked = (task: BornTask, question: ExpansionQuestion): boolean => {
  const step = task.steps[question.stepId]
  const { expansion } = step ?? {}
  if (task.stage === 'ended' || expansion?.phase !== phases[question.kind]) return false
  // It may have begun anew meanwhile.
  if (step === undefined || runOf(step) !== (question.attempt ?? 1)) return false
  return question.kind !== 'while' || expansion.stepIds.length === question.round
}

export const answerExpansion = (
  question: ExpansionQuestion,
  step: Step,
  task: BornTask,
  payloads: PayloadReader,
): Promise<Answer> => {
  switch (question.kind) {
    case 'list':
      return findList(step, task, payloads)
    case 'while':
      return lookAtRound(question.round, step, task, payloads)
    case 'outputs':
      return collect(step, task, payloads)
    default:
      return question satisfies never
  }
}

const findList = async (step: Step, task: BornTask, payloads: PayloadReader): Promise<Answer> => {
  const { stepId, forEach } = step
  const no = (problem: string): Answer => ({
    command: { type: 'ExpandList', stepId, attempt: runOf(step), items: [], problem },
    payloads: [],
  })
  const text = forEach?.list ?? '[]'
  const { facts, problem } = await factsFor(text, step, task, payloads)
  if (facts === null) return no(problem)
  const { result, problem: tooSlow } = evaluateInTime(() => evaluateList(text, facts))
  if (result === null) return no(tooSlow)
  if (result.problem !== null) return no(result.problem)
  const max = forEach?.itemsMax ?? 0
  // Said here, so that nobody writes down what is not gone through.
  if (result.items.length > max)
    return no(`it has ${result.items.length} items; there may be ${max}`)
  const items = result.items.map(itemPayload)
  const refs = items.map(({ ref }) => ref)
  return {
    command: { type: 'ExpandList', stepId, attempt: runOf(step), items: refs, problem: null },
    payloads: items,
  }
}

const itemPayload = (item: unknown): Payload =>
  typeof item === 'string'
    ? payloadOf('orchestrator', item, 'text/markdown')
    : payloadOf('orchestrator', JSON.stringify(item, plainNumber), 'application/json')

/** Whole numbers that an expression says itself are of another kind than those of JSON. */
const plainNumber = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? Number(value) : value

const lookAtRound = async (
  round: number,
  step: Step,
  task: BornTask,
  payloads: PayloadReader,
): Promise<Answer> => {
  const { stepId, repeat, expansion } = step
  const answer = (holds: boolean, problem: string | null): Answer => ({
    command: { type: 'AnswerWhile', stepId, attempt: runOf(step), round, holds, problem },
    payloads: [],
  })
  const text = repeat?.while ?? 'false'
  const { facts, problem } = await factsFor(text, step, task, payloads)
  if (facts === null) return answer(false, problem)
  const lastId = expansion?.stepIds.at(-1)
  const last = lastId === undefined ? undefined : task.steps[lastId]
  if (!last?.output) return answer(false, 'the round delivered nothing')
  if (last.output.bytes > outputBytesMax) return answer(false, tooLong(last.output.bytes))
  const output = outputValue(last, await payloads.readText(last.output))
  if (output === null) return answer(false, 'the round promised JSON, and its output is none')
  const seen = { ...facts, output: output.value, round }
  const { result, problem: tooSlow } = evaluateInTime(() => evaluateWhile(text, seen))
  return result === null ? answer(false, tooSlow) : answer(result.holds, result.problem)
}

/** In the order of the list; null where an item has no output, as it was left out, or failed and may. */
const collect = async (step: Step, task: BornTask, payloads: PayloadReader): Promise<Answer> => {
  const { stepId, expansion } = step
  const parts = (expansion?.stepIds ?? []).flatMap((id) => task.steps[id] ?? [])
  const no = (problem: string): Answer => ({
    command: { type: 'CollectOutputs', stepId, attempt: runOf(step), output: null, problem },
    payloads: [],
  })
  const bytes = parts.reduce((sum, { output }) => sum + (output?.bytes ?? 0), 0)
  if (bytes > collectedBytesMax)
    return no(`they have ${bytes} bytes; there may be ${collectedBytesMax}`)
  const outputs: unknown[] = []
  for (const part of parts) {
    const text = part.output === null ? null : await payloads.readText(part.output)
    const found = text === null ? { value: null } : outputValue(part, text)
    if (found === null) return no(`"${part.title}" promised JSON, and its output is none`)
    outputs.push(found.value)
  }
  const payload = payloadOf('orchestrator', JSON.stringify(outputs), 'application/json')
  return {
    command: {
      type: 'CollectOutputs',
      stepId,
      attempt: runOf(step),
      output: payload.ref,
      problem: null,
    },
    payloads: [payload],
  }
}
