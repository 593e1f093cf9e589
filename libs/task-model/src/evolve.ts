import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { evolveApproval } from './approval/evolve-approval.ts'
import { evolveBookmarks } from './bookmarks/evolve-bookmarks.ts'
import { bornFrom } from './born-from.ts'
import { evolveCall } from './calls/evolve-call.ts'
import { evolveDrafting } from './drafting/evolve-drafting.ts'
import { evolveExpansion } from './expansion/evolve-expansion.ts'
import { evolveReopened } from './expansion/evolve-reopened.ts'
import { evolveStep } from './execution/evolve-step.ts'
import { asPartOf, type OwnSteps } from './execution/own-steps.ts'
import { evolveSteering } from './steering/evolve-steering.ts'
import { evolveSurgery } from './surgery/evolve-surgery.ts'
import { evolveTask } from './evolve-task.ts'
import { withStepClocks } from './limits/step-time.ts'
import { evolveRefinement } from './refinement/evolve-refinement.ts'
import { evolveImport } from './import/evolve-import.ts'
import { evolveJudgement } from './judge/evolve-judgement.ts'
import { evolveObserver } from './observer/evolve-observer.ts'
import type { BornTask, Task } from './task.ts'
import { withWaitingTime } from './control/waiting-time.ts'

/** Applies one fact. Never validates, never throws: what happened, happened. Events of a kind that it does not know change only the position. */
export const evolve = (task: Task, event: TaskEvent): Task =>
  evolveWithin(new WeakSet(), task, event)

/** The same for whoever folds many: what an earlier event of the same fold has made, `own`, is changed in place. */
export const evolveWithin = (own: OwnSteps, task: Task, event: TaskEvent): Task => {
  if (event.type === 'TaskCreated') return bornFrom(event)
  if (task.status === 'unborn') return task
  const placed = { ...task, seq: event.seq, updatedAt: event.at }
  const timed = asPartOf(own, () => withStepClocks(evolvePart(placed, event), event))
  // Nobody waits for people while a file of it lies about.
  const stoppedAt = event.type === 'TaskImported' ? event.data.stoppedAt : undefined
  return withWaitingTime(timed, stoppedAt ?? event.at)
}

const evolvePart = (
  placed: BornTask,
  event: Exclude<TaskEvent, { type: 'TaskCreated' }>,
): BornTask => {
  switch (event.type) {
    case 'TaskStarted':
    case 'TaskPaused':
    case 'TaskResumed':
    case 'TaskStepped':
    case 'TaskCancelled':
    case 'TaskSucceeded':
    case 'TaskFailed':
      return evolveTask(placed, event)
    case 'DraftingStarted':
    case 'DraftTurnStarted':
    case 'PlanProposed':
    case 'FindingAnswered':
    case 'PlanJudged':
    case 'PlanConverged':
    case 'DraftGuidanceGiven':
    case 'PlanPartLocked':
      return evolveDrafting(placed, event)
    case 'ApprovalRequested':
    case 'ApprovalDecided':
    case 'ApprovalExpired':
    case 'ApprovalWithdrawn':
      return evolveApproval(placed, event)
    case 'StepQueued':
    case 'ConditionAsked':
    case 'ConditionEvaluated':
    case 'StepSkipped':
    case 'StepStarted':
    case 'TurnStarted':
    case 'ToolCalled':
    case 'ToolAnswered':
    case 'ToolRefused':
    case 'StepFinished':
    case 'StepRetried':
    case 'StepFailed':
      return evolveStep(placed, event)
    case 'ListAsked':
    case 'ListExpanded':
    case 'RoundStarted':
    case 'WhileAsked':
    case 'WhileEvaluated':
    case 'OutputsAsked':
    case 'OutputsCollected':
    case 'SubPlanStarted':
      return evolveExpansion(placed, event)
    case 'StepReopened':
      return evolveReopened(placed, event)
    case 'StepReset':
    case 'BreakpointSet':
    case 'BreakpointCleared':
    case 'GuidanceGiven':
    case 'AgentModified':
      return evolveSteering(placed, event)
    case 'PlanEdited':
      return evolveSurgery(placed, event)
    case 'CallFinished':
    case 'CallFailed':
    case 'CallLost':
    case 'AnswerRefused':
      return evolveCall(placed, event)
    case 'ObserverNoted':
    case 'RevisionRequested':
      return evolveObserver(placed, event)
    case 'JudgementAsked':
    case 'ResultJudged':
    case 'MemoryWritten':
    case 'JudgeStopped':
      return evolveJudgement(placed, event)
    case 'OutputProposed':
    case 'OutputJudged':
      return evolveRefinement(placed, event)
    case 'BookmarkSet':
    case 'BookmarkRemoved':
      return evolveBookmarks(placed, event)
    case 'TaskImported':
      return evolveImport(placed, event)
    default:
      event satisfies never
      return placed
  }
}
