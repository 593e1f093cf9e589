import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { agentsOfSteps } from '../plan/agents-of-steps.ts'
import { createStepLogger, type StepLog, type StepLogger } from './step-log.ts'
import type { TimeFact } from './time-fact.ts'

/** Where the time of a task went, as its events tell it. */
export type TimeBook = {
  /** Events in their order, or what matters of them. */
  note: (event: TaskEvent | TimeFact) => void
  /** The last thing to ask of a book. `nowMs`: until when it is told, of a task that has not ended; left out: its newest event. */
  read: (nowMs?: number) => TimeRead
}

export type TimeRead = {
  fromMs: number
  toMs: number
  steps: ReadonlyMap<string, StepLog>
  /** What belongs to no step: the drafting, questions about the plan, pauses. */
  whole: StepLog
  /** What each step of the newest plan needs. */
  needs: ReadonlyMap<string, readonly string[]>
  /** Of each place in the plans, see `placeOfStep`. */
  agents: ReadonlyMap<string, string>
}

export const createTimeBook = (): TimeBook => {
  const steps = new Map<string, StepLogger>()
  const whole = createStepLogger()
  const needs = new Map<string, readonly string[]>()
  const agents = new Map<string, string>()
  /** Which step an open question is about. */
  const asked = new Map<string, string | null>()
  let fromMs: number | null = null
  let toMs = 0
  let hasEnded = false

  const stepLog = (stepId: string | null): StepLogger => {
    if (stepId === null) return whole
    const known = steps.get(stepId) ?? createStepLogger()
    steps.set(stepId, known)
    return known
  }
  const closeQuestion = (approvalId: string, atMs: number) => {
    stepLog(asked.get(approvalId) ?? null).close('person', approvalId, atMs)
    asked.delete(approvalId)
  }
  /** A call was asked for when its turn began; what its provider did not need of that time, it waited. */
  const closeCall = (stepId: string | null, key: string, latencyMs: number, atMs: number) => {
    const log = stepLog(stepId)
    const askedMs = log.since('queue', key)
    const begunMs = Math.max(atMs - latencyMs, askedMs ?? atMs - latencyMs)
    log.close('queue', key, begunMs)
    log.took('model', begunMs, atMs)
  }

  const note = (event: TaskEvent | TimeFact): void => {
    const atMs = Date.parse(event.at)
    fromMs ??= atMs
    // What comes after the end, such as a bookmark, is no time of the task.
    if (hasEnded) return
    toMs = Math.max(toMs, atMs)
    switch (event.type) {
      case 'PlanProposed':
      case 'PlanEdited':
        for (const { stepId, needs: needed } of event.data.steps) needs.set(stepId, needed)
        for (const { step, agent } of agentsOfSteps(event.data.steps)) agents.set(step, agent)
        return
      case 'DraftingStarted':
        return whole.open('queue', 'draft', atMs)
      case 'StepQueued': {
        const log = stepLog(event.data.stepId)
        log.live(atMs)
        return log.open('queue', 'turn', atMs)
      }
      case 'StepStarted': {
        const log = stepLog(event.data.stepId)
        log.live(atMs)
        log.close('queue', 'turn', atMs)
        log.close('backoff', 'retry', atMs)
        log.log.attempts = Math.max(log.log.attempts, event.data.attempt)
        log.log.begunMs.push(atMs)
        return log.open('queue', 'call', atMs)
      }
      case 'TurnStarted':
        return stepLog(event.data.stepId).open('queue', 'call', atMs)
      case 'CallFinished':
      case 'CallFailed': {
        const { stepId, facts } = event.data
        return closeCall(stepId, stepId === null ? 'draft' : 'call', facts.latencyMs, atMs)
      }
      case 'ToolAnswered':
        return stepLog(event.data.stepId).took('tool', atMs - event.data.latencyMs, atMs)
      case 'StepRetried':
        return stepLog(event.data.stepId).open('backoff', 'retry', atMs)
      case 'ApprovalRequested':
        asked.set(event.data.approvalId, event.data.stepId)
        // A gate: nothing but the answer is missing for the step to begin.
        if (event.data.kind === 'step') stepLog(event.data.stepId).live(atMs)
        return stepLog(event.data.stepId).open('person', event.data.approvalId, atMs)
      case 'ApprovalWithdrawn': {
        const stepId = asked.get(event.data.approvalId) ?? null
        closeQuestion(event.data.approvalId, atMs)
        const log = stepId === null ? null : stepLog(stepId)
        // The step of a gate may be gone from the plan, or be asked about anew.
        if (log?.log.begunMs.length === 0) log.end(atMs)
        return
      }
      case 'ApprovalDecided':
      case 'ApprovalExpired':
        return closeQuestion(event.data.approvalId, atMs)
      case 'TaskPaused':
        return whole.open('person', 'pause', atMs)
      case 'TaskResumed':
        return whole.close('person', 'pause', atMs)
      case 'StepFinished':
      case 'StepFailed':
      case 'StepSkipped':
        return steps.get(event.data.stepId)?.end(atMs)
      case 'StepReset':
        return steps.get(event.data.stepId)?.end(atMs)
      case 'TaskSucceeded':
      case 'TaskFailed':
      case 'TaskCancelled':
        hasEnded = true
        return
      default:
        return
    }
  }

  return {
    note,
    read: (nowMs) => {
      if (nowMs !== undefined && !hasEnded) toMs = Math.max(toMs, nowMs)
      return {
        fromMs: fromMs ?? 0,
        toMs: Math.max(toMs, fromMs ?? 0),
        steps: new Map([...steps].map(([stepId, log]) => [stepId, log.finish(toMs)])),
        whole: whole.finish(toMs),
        needs,
        agents,
      }
    },
  }
}
