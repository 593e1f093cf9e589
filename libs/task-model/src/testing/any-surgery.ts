import { AppError } from '@maestro/contracts/errors'
import { stepIdOf } from '@maestro/contracts/ids'
import { decide } from '../decide.ts'
import type { PlanEdit } from '../surgery/plan-edit.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'
import type { Choose } from './effect-answers.ts'
import { newStep, knownTools } from './surgery-command-fixtures.ts'
import { ada, refOf, worker } from './task-fixtures.ts'

/** Most wishes are refused: so many are made until one is not. */
const wishesMax = 8

/** Edits of whatever stands in the plan, sensible or not; null when the rules refuse all that was drawn. */
export const anySurgery = (task: BornTask, choose: Choose, at: string): TaskCommand | null => {
  if (task.stage !== 'execution' || task.planVersion === null) return null
  for (let wish = 0; wish < wishesMax; wish += 1) {
    const command = anyWish(task, task.planVersion, choose, at)
    if (isAllowed(command, task)) return command
  }
  return null
}

const anyWish = (task: BornTask, baseVersion: number, choose: Choose, at: string): TaskCommand => {
  const by = { baseVersion, at, actor: ada, reason: 'a whim', document: refOf('edits') }
  return choose(5) === 1
    ? { type: 'UndoPlanEdit', restore: null, ...by }
    : { type: 'EditPlan', edits: anyEdits(task, choose), tools: knownTools, ...by }
}

const isAllowed = (command: TaskCommand, task: BornTask): boolean => {
  try {
    return decide(command, task).length > 0
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

const anyEdits = (task: BornTask, choose: Choose): readonly PlanEdit[] =>
  Array.from({ length: 1 + choose(3) }, (_, index) => anyEdit(task, choose, index))

const anyEdit = (task: BornTask, choose: Choose, index: number): PlanEdit => {
  const planned = task.order.filter((stepId) => task.steps[stepId]?.partOf === undefined)
  const any = () => planned[choose(planned.length)] ?? stepIdOf('none')
  const stepId = any()
  switch (choose(9)) {
    case 0: {
      const needs = [any(), any()].map((id) => id.slice('step_'.length))
      const name = `new${task.versions.length}-${index}`
      return { kind: 'insert-step', step: newStep(name, [...new Set(needs)]) }
    }
    case 1:
      return { kind: 'remove-step', stepId, reconnect: choose(2) === 0 }
    case 2:
      return { kind: 'rewire', stepId, needs: [...new Set([any(), any()])].slice(choose(2)) }
    case 3:
      return { kind: 'reassign', stepId, agentId: worker }
    case 4:
      return { kind: 'set-gate', stepId, gate: choose(2) === 0 }
    case 5:
      return { kind: 'change-model', stepId, strategy: { providers: ['ollama'] } }
    case 6:
      return { kind: 'set-result', stepId }
    case 7:
      return { kind: 'retool', agentId: worker, tools: choose(2) === 0 ? knownTools : [] }
    default:
      return { kind: 'rewire', stepId, needs: [], when: choose(2) === 0 ? 'true' : null }
  }
}
