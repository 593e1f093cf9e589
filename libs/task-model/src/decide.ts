import { AppError } from '@maestro/contracts/errors'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { advance } from './advance.ts'
import { answerCondition } from './execution/decide-condition.ts'
import { createTask } from './decide-creation.ts'
import { decideApproval, expireApproval } from './approval/decide-approval.ts'
import { removeBookmark, setBookmark } from './bookmarks/decide-bookmarks.ts'
import {
  failCall,
  finishTurn,
  judgePlan,
  proposePlan,
  refuseAnswer,
  takeIncomplete,
} from './calls/decide-call.ts'
import {
  cancelTask,
  checkDuration,
  pauseTask,
  resumeTask,
  stepTask,
} from './control/decide-control.ts'
import { answerWhile, collectOutputs, expandList } from './expansion/decide-expansion.ts'
import { skipStep } from './execution/decide-skip.ts'
import { guideDrafting, lockPart, takeVersion } from './drafting/decide-guidance.ts'
import { resumeWithBudget } from './control/decide-budget.ts'
import { importTask } from './import/decide-import.ts'
import { isTaken } from './import/must-be-own.ts'
import { answerTool, doubtTool, refuseTool } from './execution/decide-tool.ts'
import { checkStepTime } from './limits/decide-limits.ts'
import { judgeResult } from './judge/decide-judgement.ts'
import { judgeOutput } from './refinement/decide-refinement.ts'
import { modifyAgent } from './steering/decide-agent.ts'
import {
  giveGuidance,
  rerunFrom,
  retryStep,
  setBreakpoint,
  startRetry,
} from './steering/decide-steering.ts'
import { editPlan, undoPlanEdit } from './surgery/decide-surgery.ts'
import { createRecorder, type Recorder } from './recorder.ts'
import type { Task } from './task.ts'
import type { TaskCommand } from './task-command.ts'

/**
 * The rules. Returns the facts that a command causes, with everything that follows from them at
 * once: steps that became ready, the next turn, the end. `[]` means it was already done.
 * @throws {AppError} when the rules forbid it.
 */
export const decide = (command: TaskCommand, task: Task): readonly TaskEvent[] => {
  if (command.type === 'CreateTask') {
    if (task.status !== 'unborn') return []
    const recorder = createRecorder(task, command)
    createTask(command, recorder)
    advance(recorder)
    return recorder.events
  }
  if (task.status === 'unborn') throw new AppError('NOT_FOUND', { kind: 'task' })
  if (!isTaken(command, task)) return []
  const recorder = createRecorder(task, { ...command, taskId: task.taskId })
  apply(command, recorder)
  if (recorder.events.length > 0) advance(recorder)
  return recorder.events
}

const apply = (command: Exclude<TaskCommand, { type: 'CreateTask' }>, recorder: Recorder): void => {
  switch (command.type) {
    case 'PauseTask':
      return pauseTask(recorder)
    case 'ResumeTask':
      return resumeTask(recorder)
    case 'ResumeWithBudget':
      return resumeWithBudget(command, recorder)
    case 'StepTask':
      return stepTask(command, recorder)
    case 'GuideDrafting':
      return guideDrafting(command, recorder)
    case 'TakeVersion':
      return takeVersion(command, recorder)
    case 'LockPart':
      return lockPart(command, recorder)
    case 'SkipStep':
      return skipStep(command, recorder)
    case 'CancelTask':
      return cancelTask(command, recorder)
    case 'CheckDuration':
      return checkDuration(recorder)
    case 'DecideApproval':
      return decideApproval(command, recorder)
    case 'ExpireApproval':
      return expireApproval(command, recorder)
    case 'ProposePlan':
      return proposePlan(command, recorder)
    case 'JudgePlan':
      return judgePlan(command, recorder)
    case 'FinishTurn':
      return finishTurn(command, recorder)
    case 'TakeIncomplete':
      return takeIncomplete(command, recorder)
    case 'RefuseAnswer':
      return refuseAnswer(command, recorder)
    case 'FailCall':
      return failCall(command, recorder)
    case 'RetryStep':
      return retryStep(command, recorder)
    case 'RerunFrom':
      return rerunFrom(command, recorder)
    case 'SetBreakpoint':
      return setBreakpoint(command, recorder)
    case 'GiveGuidance':
      return giveGuidance(command, recorder)
    case 'ModifyAgent':
      return modifyAgent(command, recorder)
    case 'EditPlan':
      return editPlan(command, recorder)
    case 'UndoPlanEdit':
      return undoPlanEdit(command, recorder)
    case 'StartRetry':
      return startRetry(command, recorder)
    case 'SetBookmark':
      return setBookmark(command, recorder)
    case 'RemoveBookmark':
      return removeBookmark(command, recorder)
    case 'ImportTask':
      return importTask(command, recorder)
    case 'AnswerCondition':
      return answerCondition(command, recorder)
    case 'ExpandList':
      return expandList(command, recorder)
    case 'AnswerWhile':
      return answerWhile(command, recorder)
    case 'CollectOutputs':
      return collectOutputs(command, recorder)
    case 'JudgeOutput':
      return judgeOutput(command, recorder)
    case 'JudgeResult':
      return judgeResult(command, recorder)
    case 'CheckStepTime':
      return checkStepTime(command, recorder)
    case 'AnswerTool':
      return answerTool(command, recorder)
    case 'DoubtTool':
      return doubtTool(command, recorder)
    case 'RefuseTool':
      return refuseTool(command, recorder)
    default:
      return command satisfies never
  }
}
