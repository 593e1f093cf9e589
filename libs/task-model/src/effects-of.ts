import {
  type ApprovalId,
  type CallId,
  draftCallIdOf,
  judgeCallIdOf,
  stepCallIdOf,
  type StepId,
} from '@maestro/contracts/ids'
import type { DraftRole } from '@maestro/contracts/task/draft-role'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { closedByResume, moneyEffects, type MoneyEffect } from './approval/money-effects.ts'
import { refusalOf } from './control/decide-budget.ts'
import { durationEndsAt } from './control/decide-control.ts'
import {
  closedByExpansion,
  expansionEffect,
  type ExpansionQuestion,
} from './expansion/expansion-effects.ts'
import { cancelCallsOf, stepTimer, stepTimers } from './limits/limit-effects.ts'
import { purposeOfRole } from './drafting/purpose-of-role.ts'
import {
  closedByReset,
  closedByEnd,
  retryEffectId,
  retryTimers,
  type SteeringEffect,
} from './steering/steering-effects.ts'
import type { BornTask, Step, Task } from './task.ts'
import type { CallPlace, ToolPlace } from './task-command.ts'

/** Work that an event asks for (I4). `id` is the same whenever the same event is read again. */
export type Effect = { id: string; dueAt: string | null } & (
  | { kind: 'call'; place: CallPlace }
  | { kind: 'tool'; place: ToolPlace; tool: string; arguments: PayloadRef }
  | { kind: 'condition'; stepId: StepId }
  | ExpansionQuestion
  | { kind: 'expire-approval'; approvalId: ApprovalId }
  | { kind: 'check-duration' }
  | { kind: 'check-step-time'; stepId: StepId }
  | { kind: 'resume-with-budget' }
  | MoneyEffect
  | SteeringEffect
)

/** What has to be done because of `event`; `task` is the state right after it. */
export const effectsOf = (event: TaskEvent, task: BornTask): readonly Effect[] => {
  switch (event.type) {
    case 'TaskCreated':
      return checkDuration(task)
    case 'TaskResumed':
      return [...checkDuration(task), ...stepTimers(task), ...retryTimers(task)]
    case 'StepRetried':
      return retryTimers(task).filter(
        ({ id }) => id === retryEffectId(event.data.stepId, event.data.attempt),
      )
    case 'StepReset':
      return [...cancelCallsOf(task, event.data.stepId), ...afterWaiting(task)]
    case 'ApprovalDecided':
      return task.stage === 'ended'
        ? []
        : [...moneyEffects(event.data, task), ...checkDuration(task), ...stepTimers(task)]
    case 'ApprovalExpired':
    case 'ApprovalWithdrawn':
      return task.stage === 'ended' ? [] : [...checkDuration(task), ...stepTimers(task)]
    case 'TaskStarted':
    case 'StepReopened':
      return afterWaiting(task)
    case 'DraftingStarted':
      return [draftCall(task, 'planner', 1), ...afterWaiting(task)]
    case 'DraftTurnStarted':
      return [draftCall(task, event.data.role, event.data.turn), ...afterWaiting(task)]
    case 'PlanConverged':
      return cancelDraftCalls(task)
    case 'StepStarted':
      return [
        stepCall(task, event.data, 1),
        ...stepTimer(task, event.data.stepId),
        ...afterWaiting(task),
      ]
    case 'TurnStarted':
      return [stepCall(task, event.data, event.data.turn), ...afterWaiting(task)]
    case 'JudgementAsked':
      return [judgeCall(task, event), ...afterWaiting(task)]
    case 'ResultJudged':
      // Its clock goes on.
      return stepTimer(task, event.data.stepId)
    case 'ToolCalled': {
      const { stepId, attempt, turn, toolCallId, tool, arguments: args } = event.data
      const place = { stepId, attempt, turn, toolCallId }
      return [
        { id: toolEffectId(place), dueAt: null, kind: 'tool', place, tool, arguments: args },
        ...afterWaiting(task),
      ]
    }
    case 'ConditionAsked': {
      const { stepId } = event.data
      return [{ id: conditionEffectId(stepId), dueAt: null, kind: 'condition', stepId }]
    }
    case 'ListAsked':
    case 'WhileAsked':
    case 'OutputsAsked':
      return [expansionEffect(event)]
    case 'TaskPaused': {
      // At once: the limit may have been raised after the refusal and before this.
      const waits = refusalOf(task) !== null
      return waits ? [{ id: budgetEffectId, dueAt: null, kind: 'resume-with-budget' }] : []
    }
    case 'ApprovalRequested': {
      const { approvalId, expiresAt } = event.data
      const id = approvalEffectId(approvalId)
      return [{ id, dueAt: expiresAt, kind: 'expire-approval', approvalId }]
    }
    case 'StepFailed':
    case 'StepFinished':
      return cancelCallsOf(task, event.data.stepId)
    case 'TaskSucceeded':
    case 'TaskCancelled':
    case 'TaskFailed': {
      const callIds = runningCalls(task)
      return callIds.length === 0
        ? []
        : [{ id: 'cancel-calls', dueAt: null, kind: 'cancel-calls', callIds }]
    }
    default:
      return []
  }
}

/** Effects that `event` answers, `before` being the state that it comes upon; `all-but-calls` when the task's end leaves nothing to wait for but its calls in flight. */
export const closedBy = (event: TaskEvent, before: Task): readonly string[] | 'all-but-calls' => {
  switch (event.type) {
    case 'CallFinished':
    case 'CallFailed':
      return [callEffectId(event.data.callId)]
    case 'ToolAnswered':
    case 'ToolRefused':
      return [toolEffectId(event.data)]
    case 'ConditionEvaluated':
      return [conditionEffectId(event.data.stepId)]
    case 'ListExpanded':
    case 'WhileEvaluated':
    case 'OutputsCollected':
      return closedByExpansion(event)
    case 'StepReset':
      return closedByReset(event.data.stepId, before)
    case 'StepReopened':
    case 'StepFailed':
    case 'StepSkipped':
      return closedByEnd(event.data.stepId, before)
    case 'StepStarted':
      return [retryEffectId(event.data.stepId, event.data.attempt - 1)]
    case 'TaskResumed':
      return [budgetEffectId, ...closedByResume(before)]
    case 'ApprovalRequested': {
      // One in doubt: nobody is to run it any more.
      const { stepId, toolUse } = event.data
      return stepId === null || toolUse === undefined ? [] : [toolEffectId({ stepId, ...toolUse })]
    }
    case 'ApprovalDecided':
    case 'ApprovalExpired':
    case 'ApprovalWithdrawn':
      return [approvalEffectId(event.data.approvalId)]
    case 'TaskSucceeded':
    case 'TaskCancelled':
    case 'TaskFailed':
    case 'TaskImported':
      return 'all-but-calls'
    default:
      return []
  }
}

const budgetEffectId = 'resume-with-budget'
const callEffectId = (callId: CallId) => `call:${callId}`
const toolEffectId = ({ stepId, attempt, turn, toolCallId }: ToolPlace) =>
  `tool:${stepId}:${attempt}:${turn}:${toolCallId}`
const conditionEffectId = (stepId: StepId) => `condition:${stepId}`
const approvalEffectId = (approvalId: ApprovalId) => `approval:${approvalId}`

/** Looks again when the limit can have come at the earliest. While people are waited for there is no such time: what ends the waiting sets it. */
const checkDuration = (task: BornTask): Effect[] => {
  const endsAt = durationEndsAt(task)
  if (endsAt === null) return []
  return [{ id: 'check-duration', dueAt: new Date(endsAt).toISOString(), kind: 'check-duration' }]
}

/** What goes on may have ended a wait for people. A task that never waited has its timer from its beginning. */
const afterWaiting = (task: BornTask): Effect[] => (task.waitedMs > 0 ? checkDuration(task) : [])

const draftCall = (task: BornTask, role: DraftRole, turn: number): Effect => {
  const callId = draftCallIdOf(task.taskId, task.drafting.round, role, turn)
  const place = { callId, purpose: purposeOfRole[role], stepId: null, role, attempt: 1, turn }
  return { id: callEffectId(callId), dueAt: null, kind: 'call', place }
}

const stepCall = (
  task: BornTask,
  { stepId, attempt }: { stepId: Step['stepId']; attempt: number },
  turn: number,
): Effect => {
  const callId = stepCallIdOf(task.taskId, stepId, attempt, turn)
  const place = { callId, purpose: 'step' as const, stepId, role: null, attempt, turn }
  return { id: callEffectId(callId), dueAt: null, kind: 'call', place }
}

const judgeCall = (
  task: BornTask,
  { data: { stepId, attempt, turn, ask } }: Extract<TaskEvent, { type: 'JudgementAsked' }>,
): Effect => {
  const callId = judgeCallIdOf(task.taskId, { stepId, attempt, turn, ask })
  const place = { callId, purpose: 'observe' as const, stepId, role: null, attempt, turn }
  return { id: callEffectId(callId), dueAt: null, kind: 'call', place }
}

/** A version was taken while others were still asked: nobody waits for their answers. */
const cancelDraftCalls = ({ drafting }: BornTask): Effect[] => {
  const running = drafting.calls.filter(({ status }) => status === 'running')
  if (running.length === 0) return []
  const callIds = running.map(({ callId }) => callId)
  const id = `cancel-calls:draft:${drafting.round}`
  return [{ id, dueAt: null, kind: 'cancel-calls', callIds }]
}

const runningCalls = (task: BornTask): CallId[] => {
  const calls = [
    ...task.drafting.calls,
    ...Object.values<Step>(task.steps).flatMap(({ calls: own }) => own),
  ]
  return calls.filter(({ status }) => status === 'running').map(({ callId }) => callId)
}
