import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { stepsOfTaskMax } from '@maestro/contracts/task/expansion'
import { limitsOf } from '../limits/limits-of.ts'
import type { Recorder } from '../recorder.ts'
import type { Step } from '../task.ts'
import type { CommandOf } from '../task-command.ts'
import type { Expansion } from './expansion.ts'
import { runOf } from './run-of.ts'

/** References in one event: with previews of any script it stays below 64 KiB of data (I7). */
const itemsPerEventMax = 50

export const expandList = (command: CommandOf<'ExpandList'>, recorder: Recorder): void => {
  const { stepId, attempt, items } = command
  const step = waiting(command, 'list', recorder)
  if (step === null) return
  const problem = command.problem ?? lengthProblem(step, items, recorder)
  const listed = problem === null ? items : []
  const parts = Math.max(1, Math.ceil(listed.length / itemsPerEventMax))
  for (let part = 1; part <= parts; part += 1) {
    const own = listed.slice((part - 1) * itemsPerEventMax, part * itemsPerEventMax)
    const data = { stepId, attempt, items: [...own], part, parts, problem }
    recorder.record({ type: 'ListExpanded', data })
  }
  if (problem !== null) fail(step, `its list could not be gone through: ${problem}`, recorder)
}

const lengthProblem = (
  { forEach }: Step,
  items: readonly PayloadRef[],
  { task }: Recorder,
): string | null => {
  const max = forEach?.itemsMax ?? 0
  if (items.length > max) return `it has ${items.length} items; there may be ${max}`
  const { fanOutMax } = limitsOf(task())
  if (items.length > fanOutMax)
    return `it has ${items.length} items; this task lets a step become ${fanOutMax} at most`
  const { length } = task().order
  if (length + items.length <= stepsOfTaskMax) return null
  return `with its ${items.length} items the task had ${length + items.length} steps; there may be ${stepsOfTaskMax}`
}

export const answerWhile = (command: CommandOf<'AnswerWhile'>, recorder: Recorder): void => {
  const { stepId, attempt, round, holds, problem } = command
  const step = waiting(command, 'while', recorder)
  if (step === null || step.expansion?.stepIds.length !== round) return
  recorder.record({ type: 'WhileEvaluated', data: { stepId, attempt, round, holds, problem } })
  if (problem === null) return
  fail(step, `whether it is repeated could not be evaluated: ${problem}`, recorder)
}

export const collectOutputs = (command: CommandOf<'CollectOutputs'>, recorder: Recorder): void => {
  const { stepId, attempt, output, problem } = command
  const step = waiting(command, 'outputs', recorder)
  if (step === null) return
  recorder.record({ type: 'OutputsCollected', data: { stepId, attempt, output, problem } })
  if (output !== null) {
    recorder.record({ type: 'StepFinished', data: { stepId, attempt, output } })
  } else {
    fail(step, `its items' outputs could not be put together: ${problem}`, recorder)
  }
}

/** Null for a second answer, for one to an earlier run, and for one that comes after the end. */
const waiting = (
  { stepId, attempt }: Pick<CommandOf<'ExpandList'>, 'stepId' | 'attempt'>,
  phase: Expansion['phase'],
  { task }: Recorder,
): Step | null => {
  const step = task().steps[stepId]
  if (task().stage !== 'execution' || step?.status !== 'running') return null
  return step.expansion?.phase === phase && runOf(step) === attempt ? step : null
}

const fail = (step: Step, reason: string, { record }: Recorder): void =>
  record({ type: 'StepFailed', data: { stepId: step.stepId, attempt: runOf(step), reason } })
