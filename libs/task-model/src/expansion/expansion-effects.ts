import type { StepId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Step } from '../task.ts'
import { runOf } from './run-of.ts'

/** What only the outputs know of a step that becomes several. */
export type ExpansionQuestion = {
  stepId: StepId
  /** Which run of the step asks; effects that were written before runs were counted have none: the first. */
  attempt?: number
} & ({ kind: 'list' } | { kind: 'while'; round: number } | { kind: 'outputs' })

export const expansionEffect = (
  event: Extract<TaskEvent, { type: 'ListAsked' | 'WhileAsked' | 'OutputsAsked' }>,
): ExpansionQuestion & { id: string; dueAt: null } => {
  const question = questionOf(event)
  return { id: effectIdOf(question), dueAt: null, ...question }
}

const questionOf = ({ type, data }: Parameters<typeof expansionEffect>[0]): ExpansionQuestion => {
  const { stepId, attempt = 1 } = data
  switch (type) {
    case 'ListAsked':
      return { kind: 'list', stepId, attempt }
    case 'WhileAsked':
      return { kind: 'while', stepId, attempt, round: data.round }
    case 'OutputsAsked':
      return { kind: 'outputs', stepId, attempt }
    default:
      return type satisfies never
  }
}

/** The effects that it answers. */
export const closedByExpansion = (
  event: Extract<TaskEvent, { type: 'ListExpanded' | 'WhileEvaluated' | 'OutputsCollected' }>,
): readonly string[] => {
  const { stepId, attempt = 1 } = event.data
  const of = { stepId, attempt }
  switch (event.type) {
    case 'ListExpanded':
      return event.data.part < event.data.parts ? [] : [effectIdOf({ kind: 'list', ...of })]
    case 'WhileEvaluated':
      return [effectIdOf({ kind: 'while', ...of, round: event.data.round })]
    case 'OutputsCollected':
      return [effectIdOf({ kind: 'outputs', ...of })]
    default:
      return event satisfies never
  }
}

/** What is looked up of a step that comes to its end otherwise is wanted by nobody. */
export const openExpansionOf = (step: Step): readonly string[] => {
  const { stepId, expansion } = step
  const of = { stepId, attempt: runOf(step) }
  switch (expansion?.phase) {
    case 'list':
    case 'outputs':
      return [effectIdOf({ kind: expansion.phase, ...of })]
    case 'while':
      return [effectIdOf({ kind: 'while', ...of, round: expansion.stepIds.length })]
    default:
      return []
  }
}

/** The first run has the ids of when runs were not counted: such effects are still open somewhere. */
const effectIdOf = (question: ExpansionQuestion): string => {
  const { kind, stepId, attempt = 1 } = question
  const run = attempt > 1 ? `:run${attempt}` : ''
  return question.kind === 'while'
    ? `while:${stepId}:${question.round}${run}`
    : `${kind}:${stepId}${run}`
}
