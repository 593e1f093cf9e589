import type { StepId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Step } from '../task.ts'

/** What only the outputs know of a step that becomes several. */
export type ExpansionQuestion =
  | { kind: 'list'; stepId: StepId }
  | { kind: 'while'; stepId: StepId; round: number }
  | { kind: 'outputs'; stepId: StepId }

export const expansionEffect = (
  event: Extract<TaskEvent, { type: 'ListAsked' | 'WhileAsked' | 'OutputsAsked' }>,
): ExpansionQuestion & { id: string; dueAt: null } => {
  const question = questionOf(event)
  return { id: effectIdOf(question), dueAt: null, ...question }
}

const questionOf = ({ type, data }: Parameters<typeof expansionEffect>[0]): ExpansionQuestion => {
  switch (type) {
    case 'ListAsked':
      return { kind: 'list', stepId: data.stepId }
    case 'WhileAsked':
      return { kind: 'while', stepId: data.stepId, round: data.round }
    case 'OutputsAsked':
      return { kind: 'outputs', stepId: data.stepId }
    default:
      return type satisfies never
  }
}

/** The effects that it answers. */
export const closedByExpansion = (
  event: Extract<TaskEvent, { type: 'ListExpanded' | 'WhileEvaluated' | 'OutputsCollected' }>,
): readonly string[] => {
  const { stepId } = event.data
  switch (event.type) {
    case 'ListExpanded':
      return event.data.part < event.data.parts ? [] : [effectIdOf({ kind: 'list', stepId })]
    case 'WhileEvaluated':
      return [effectIdOf({ kind: 'while', stepId, round: event.data.round })]
    case 'OutputsCollected':
      return [effectIdOf({ kind: 'outputs', stepId })]
    default:
      return event satisfies never
  }
}

/** What is looked up of a step that comes to its end otherwise is wanted by nobody. */
export const openExpansionOf = ({ stepId, expansion }: Step): readonly string[] => {
  switch (expansion?.phase) {
    case 'list':
    case 'outputs':
      return [effectIdOf({ kind: expansion.phase, stepId })]
    case 'while':
      return [effectIdOf({ kind: 'while', stepId, round: expansion.stepIds.length })]
    default:
      return []
  }
}

const effectIdOf = (question: ExpansionQuestion): string =>
  question.kind === 'while'
    ? `while:${question.stepId}:${question.round}`
    : `${question.kind}:${question.stepId}`
