import type { StepId } from '@maestro/contracts/ids'
import type { PayloadReader } from '@maestro/service-kit/payload-reader'
import { evaluateCondition } from '@maestro/task-model/plan/evaluate-condition'
import type { BornTask, Step } from '@maestro/task-model/task'
import type { CommandHandler } from '../command/command-handler.ts'
import type { TaskCache } from '../command/task-cache.ts'
import type { EffectStore, LeasedEffect } from './effect-store.ts'
import { evaluateInTime, factsFor } from './facts-for.ts'
import { reactorActor } from './reactor-actor.ts'
import { waitingTask } from './waiting-task.ts'

/** Looks up in the outputs whether a step's condition holds. */
export type RunCondition = (leased: LeasedEffect, stepId: StepId) => Promise<void>

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
    const answer = await answerCondition(step.when, step, task, payloads)
    const by = { at: new Date().toISOString(), actor: reactorActor }
    await commands.handle({
      taskId,
      command: { ...by, type: 'AnswerCondition', stepId, ...answer },
    })
  }

export const answerCondition = async (
  when: string,
  step: Step,
  task: BornTask,
  payloads: PayloadReader,
): Promise<{ holds: boolean; problem: string | null }> => {
  const { facts, problem } = await factsFor(when, step, task, payloads)
  if (facts === null) return { holds: false, problem }
  const evaluated = evaluateInTime(() => evaluateCondition(when, facts))
  return evaluated.result ?? { holds: false, problem: evaluated.problem }
}
