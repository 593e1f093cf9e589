import { limitMax } from '@maestro/contracts/budget/budget'
import { AppError } from '@maestro/contracts/errors'
import type { Recorder } from '../recorder.ts'
import type { Approval } from '../task.ts'
import type { CommandOf } from '../task-command.ts'
import { deliverableOf, droppableSteps } from './ask-about-money.ts'

/** What a person said about money that has run out, and what follows. Raising is done by budget; until it is, the task waits. */
export const decideMoney = (
  command: CommandOf<'DecideApproval'>,
  { budget: question }: Approval,
  recorder: Recorder,
): void => {
  const { approvalId, decision, reason, strategy, budget = {} } = command
  const { task, record } = recorder
  mustFit(command)
  const decided = (more: object = {}) =>
    record({ type: 'ApprovalDecided', data: { approvalId, decision, reason, ...more } })
  switch (decision) {
    case 'raise': {
      const { raiseBy = 0 } = budget
      const atLeast = question?.raiseByMin ?? 1
      if (raiseBy < atLeast) {
        const problem = `less than ${atLeast} more would be refused again`
        throw new AppError('INVALID_INPUT', { field: 'raiseBy', reason: problem, atLeast })
      }
      const atMost = limitMax - (question?.refusal?.budget?.limit ?? 0)
      if (raiseBy > atMost) {
        const problem = `no budget takes a limit over ${limitMax}`
        throw new AppError('INVALID_INPUT', { field: 'raiseBy', reason: problem, atMost })
      }
      return decided({ budget: { raiseBy } })
    }
    case 'cheaper-model':
      decided({ strategy })
      return record({ type: 'TaskResumed', data: {} })
    case 'drop-steps': {
      const { stepIds = [] } = budget
      const possible = droppableSteps(task()).map(({ stepId }) => stepId)
      const wrong = stepIds.filter((stepId) => !possible.includes(stepId))
      if (wrong.length > 0 || stepIds.length === 0) {
        const problem =
          wrong.length > 0 ? `${wrong.join(', ')} cannot be left out` : 'say which steps'
        const choices = possible.slice(0, 20)
        throw new AppError('INVALID_INPUT', { field: 'stepIds', reason: problem, choices })
      }
      const dropped = [...new Set(stepIds)]
      decided({ budget: { stepIds: dropped } })
      const why = reason.trim() === '' ? 'left out as money had run out' : reason
      for (const stepId of dropped) record({ type: 'StepSkipped', data: { stepId, reason: why } })
      return record({ type: 'TaskResumed', data: {} })
    }
    case 'finish': {
      const step = deliverableOf(task())
      if (step === null || step.output === null) {
        const problem = 'nothing has been delivered that could be the result'
        throw new AppError('INVALID_INPUT', { field: 'decision', reason: problem })
      }
      decided()
      const { stepId, output } = step
      const cutShort = { stepId, reason: 'Money had run out, and a person took what was there.' }
      return record({ type: 'TaskSucceeded', data: { result: output, cutShort } })
    }
    default: {
      decided()
      const why = reason.trim() === '' ? '' : `: ${reason}`
      record({ type: 'TaskCancelled', data: { reason: `Stopped as money had run out${why}` } })
    }
  }
}

/** @throws {AppError} `INVALID_INPUT` for words that belong to another choice. */
const mustFit = ({ decision, budget = {} }: CommandOf<'DecideApproval'>): void => {
  const wrong =
    budget.raiseBy !== undefined && decision !== 'raise'
      ? { field: 'raiseBy', reason: 'only raise takes an amount' }
      : budget.stepIds !== undefined && decision !== 'drop-steps'
        ? { field: 'stepIds', reason: 'only drop-steps takes steps' }
        : null
  if (wrong !== null) throw new AppError('INVALID_INPUT', wrong)
}
