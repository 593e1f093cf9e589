import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { EventOf } from '../event-of.ts'

type Told<Type extends TaskEvent['type'], Key extends PropertyKey> = {
  readonly type: Type
  readonly at: string
  readonly data: Pick<EventOf<Type>['data'], Key & keyof EventOf<Type>['data']>
}
type CallTold = {
  readonly type: 'CallFinished' | 'CallFailed'
  readonly at: string
  readonly data: Pick<EventOf<'CallFinished'>['data'], 'stepId'> & {
    readonly facts: { readonly latencyMs: number }
  }
}

/** What a book of times reads of an event. */
export type TimeFact =
  | Told<'PlanProposed' | 'PlanEdited', 'steps'>
  | Told<
      | 'TaskCreated'
      | 'DraftingStarted'
      | 'TaskPaused'
      | 'TaskResumed'
      | 'TaskSucceeded'
      | 'TaskFailed'
      | 'TaskCancelled',
      never
    >
  | Told<
      | 'StepQueued'
      | 'TurnStarted'
      | 'StepRetried'
      | 'StepFinished'
      | 'StepFailed'
      | 'StepSkipped'
      | 'StepReset',
      'stepId'
    >
  | Told<'StepStarted', 'stepId' | 'attempt'>
  | Told<'ToolAnswered', 'stepId' | 'latencyMs'>
  | Told<'ApprovalRequested', 'kind' | 'stepId' | 'approvalId'>
  | Told<'ApprovalDecided' | 'ApprovalExpired' | 'ApprovalWithdrawn', 'approvalId'>
  | CallTold

/** The little that is held of each event of a long task to tell where its time went; null: nothing. */
export const timeFactOf = (event: TaskEvent): TimeFact | null => {
  const { at } = event
  switch (event.type) {
    case 'PlanProposed':
    case 'PlanEdited':
      return { type: event.type, at, data: { steps: event.data.steps } }
    case 'TaskCreated':
    case 'DraftingStarted':
    case 'TaskPaused':
    case 'TaskResumed':
    case 'TaskSucceeded':
    case 'TaskFailed':
    case 'TaskCancelled':
      return { type: event.type, at, data: {} }
    case 'StepQueued':
    case 'TurnStarted':
    case 'StepRetried':
    case 'StepFinished':
    case 'StepFailed':
    case 'StepSkipped':
    case 'StepReset':
      return { type: event.type, at, data: { stepId: event.data.stepId } }
    case 'StepStarted': {
      const { stepId, attempt } = event.data
      return { type: event.type, at, data: { stepId, attempt } }
    }
    case 'ToolAnswered': {
      const { stepId, latencyMs } = event.data
      return { type: event.type, at, data: { stepId, latencyMs } }
    }
    case 'ApprovalRequested': {
      const { kind, stepId, approvalId } = event.data
      return { type: event.type, at, data: { kind, stepId, approvalId } }
    }
    case 'ApprovalDecided':
    case 'ApprovalExpired':
    case 'ApprovalWithdrawn':
      return { type: event.type, at, data: { approvalId: event.data.approvalId } }
    case 'CallFinished':
    case 'CallFailed': {
      const { stepId, facts } = event.data
      return { type: event.type, at, data: { stepId, facts: { latencyMs: facts.latencyMs } } }
    }
    default:
      return null
  }
}
