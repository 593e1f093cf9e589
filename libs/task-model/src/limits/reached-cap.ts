import type { ReachedLimit } from '@maestro/contracts/task/step-caps'
import { turnsOf } from '../execution/turns-of.ts'
import type { BornTask, Step } from '../task.ts'
import { answerBytesOf } from './answer-bytes-of.ts'
import { limitsOf } from './limits-of.ts'
import { runMsOf } from './step-time.ts'

/** Turns of one attempt of this step. */
export const turnsMaxOf = ({ caps }: Pick<Step, 'caps'>, { options }: BornTask): number =>
  Math.min(caps?.turnsMax ?? options.limits.turnsMax, options.limits.turnsMax)

/** The bound that forbids a step a further turn and a further attempt as well; null while none does. */
export const reachedCap = (step: Step, task: BornTask, at: string): ReachedLimit | null => {
  const { tokensMax, costNanoUsd } = step.caps ?? {}
  const { usedBefore } = step
  const tokens = step.inputTokens + step.outputTokens - (usedBefore?.tokens ?? 0)
  const uses = step.turns.reduce((sum, { toolUses }) => sum + toolUses.length, 0)
  return (
    reached('tokens', tokensMax, tokens) ??
    reached('money', costNanoUsd, step.costNanoUsd - (usedBefore?.costNanoUsd ?? 0)) ??
    reachedTime(step, at) ??
    reached('tool-calls', limitsOf(task).toolCallsMax, uses)
  )
}

export const reachedTime = (step: Step, at: string): ReachedLimit | null =>
  reached('time', step.caps?.durationMs, runMsOf(step, at))

/** The bound over the whole task that it has come to; null while it has come to none. */
export const reachedTaskLimit = (task: BornTask): ReachedLimit | null => {
  const { callsMax, answerBytesMax } = limitsOf(task)
  return (
    reached('model-calls', callsMax, task.totals.calls) ??
    reached('bytes', answerBytesMax, bytesOf(task))
  )
}

/** What turns one attempt has used up of its own; another attempt has as many again. */
export const reachedTurns = (step: Step, task: BornTask): ReachedLimit | null => {
  const max = turnsMaxOf(step, task)
  return reached('turns', max, turnsOf(step))
}

const reached = (
  name: ReachedLimit['name'],
  max: number | undefined,
  value: number,
): ReachedLimit | null =>
  max === undefined || value < max ? null : { name, max, reached: Math.round(value) }

const bytesOf = ({ steps, drafting }: BornTask): number => {
  let bytes = 0
  for (const { answer, text } of drafting.calls) bytes += (answer?.bytes ?? 0) + (text?.bytes ?? 0)
  for (const step of Object.values<Step>(steps)) bytes += answerBytesOf(step)
  return bytes
}
