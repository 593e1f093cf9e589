import { createContext, Script } from 'node:vm'
import type { StepId } from '@maestro/contracts/ids'
import type { PayloadReader } from '@maestro/service-kit/payload-reader'
import {
  type ConditionFacts,
  evaluateCondition,
  outputsReadBy,
} from '@maestro/task-model/plan/condition'
import type { BornTask, Step } from '@maestro/task-model/task'
import type { CommandHandler } from '../command/command-handler.ts'
import type { TaskCache } from '../command/task-cache.ts'
import type { EffectStore, LeasedEffect } from './effect-store.ts'
import { reactorActor } from './reactor-actor.ts'
import { waitingTask } from './waiting-task.ts'

/** Looks up in the outputs whether a step's condition holds. */
export type RunCondition = (leased: LeasedEffect, stepId: StepId) => Promise<void>

/** Of all outputs that a condition reads: it is evaluated between other work, in milliseconds. */
const outputBytesMax = 256 * 1024
/** Hundreds of times what an honest condition takes: nothing else runs in this copy meanwhile. */
const evaluateMsMax = 1_000

export const createRunCondition =
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
  }): RunCondition =>
  async ({ taskId, effect: { id } }, stepId) => {
    const isAsked = (known: BornTask) =>
      known.stage !== 'ended' && known.steps[stepId]?.condition === 'asked'
    const task = await waitingTask(cache, taskId, isAsked)
    const step = task?.steps[stepId]
    if (!task || step?.when === undefined) {
      // Answered already, by another copy, or its task has ended: nothing is left to do.
      await store.close(taskId, id)
      return
    }
    const answer = await evaluate(step.when, needsOf(step, task), payloads)
    const by = { at: new Date().toISOString(), actor: reactorActor }
    await commands.handle({
      taskId,
      command: { ...by, type: 'AnswerCondition', stepId, ...answer },
    })
  }

const needsOf = ({ needs }: Step, { steps }: BornTask): readonly Step[] =>
  needs.flatMap((need) => steps[need] ?? [])

const nameOf = ({ stepId }: Step) => stepId.slice('step_'.length)

const evaluate = async (when: string, needs: readonly Step[], payloads: PayloadReader) => {
  const named = outputsReadBy(when)
  const read = needs.filter((need) => named === null || named.has(nameOf(need)))
  const bytes = read.reduce((sum, { output }) => sum + (output?.bytes ?? 0), 0)
  if (bytes > outputBytesMax) {
    const problem = `the outputs that it reads have ${bytes} bytes; ${outputBytesMax} can be read`
    return { holds: false, problem }
  }
  const outputs: [string, unknown][] = []
  for (const need of read) {
    if (need.output === null) continue
    const text = await payloads.readText(need.output)
    const value = need.promise.format === 'json' ? valueOf(text) : { value: text }
    if (value === null) {
      const problem = `"${need.title}" promised JSON, and its output is none`
      return { holds: false, problem }
    }
    outputs.push([nameOf(need), value.value])
  }
  const facts: ConditionFacts = {
    outputs: Object.fromEntries(outputs),
    steps: Object.fromEntries(needs.map((need) => [nameOf(need), need.status])),
  }
  return evaluateInTime(when, facts)
}

const frame = { run: (): ReturnType<typeof evaluateCondition> => ({ holds: false, problem: null }) }
createContext(frame)
const callRun = new Script('run()')

/** A condition ends by itself, and on some outputs not soon. The time that a script may take holds for all that it calls. */
const evaluateInTime: typeof evaluateCondition = (when, facts) => {
  frame.run = () => evaluateCondition(when, facts)
  try {
    return callRun.runInContext(frame, { timeout: evaluateMsMax }) as ReturnType<typeof frame.run>
  } catch {
    // Whatever else goes wrong in it is part of its answer already.
    return { holds: false, problem: `it took more than ${evaluateMsMax / 1_000} s` }
  }
}

const valueOf = (text: string): { value: unknown } | null => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return null
  }
}
