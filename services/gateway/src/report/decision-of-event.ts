import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { BornTask } from '@maestro/task-model/task'
import { numberOf, shortened } from './report-words.ts'

/** What a person did to a task; the whole text of a reason stands in the history. */
export type Decision = { seq: number; at: string; who: string; what: string; why: string }

const whyCharactersMax = 1_000

/** `TaskPaused` → `task paused`: of events that need no more words. */
const wordsOfType = (type: string) => type.replace(/(?!^)([A-Z])/g, ' $1').toLowerCase()

/**
 * What a person decided by this event; null where no person did. That nobody decided in time is told
 * as well: it is why a task went on, or did not. `task` is the one after the event.
 */
export const decisionOfEvent = (event: TaskEvent, task: BornTask): Decision | null => {
  const isSilence = event.type === 'ApprovalExpired'
  if (event.actor.kind === 'service' && !isSilence) return null
  return {
    seq: event.seq,
    at: event.at,
    who: isSilence ? 'nobody' : event.actor.id,
    what: withStep(whatOf(event, task), event, task),
    why: shortened(whyOf(event, task), whyCharactersMax),
  }
}

const whatOf = (event: TaskEvent, task: BornTask): string => {
  switch (event.type) {
    case 'TaskCreated':
      return event.data.planGiven ? 'asked for the task, with its plan' : 'asked for the task'
    case 'ApprovalDecided':
      return `${decisionWords[event.data.decision] ?? event.data.decision} (${questionOf(event.data.approvalId, task)})`
    case 'ApprovalExpired':
      return `no decision in time (${questionOf(event.data.approvalId, task)})`
    case 'TaskPaused':
      return 'paused the task'
    case 'TaskResumed':
      return 'resumed the task'
    case 'TaskCancelled':
      return 'cancelled the task'
    case 'GuidanceGiven':
      return event.data.stepId === null ? 'told all agents' : 'told the agent'
    case 'DraftGuidanceGiven':
      return 'told the Planner'
    case 'StepReset':
      return 'had it run again'
    case 'StepSkipped':
      return 'left it out'
    case 'BreakpointSet':
      return 'set a breakpoint'
    case 'BreakpointCleared':
      return 'cleared a breakpoint'
    case 'AgentModified':
      return `changed the agent “${event.data.agent.name}”`
    case 'PlanEdited':
      return event.data.restores === undefined
        ? `edited the plan: ${numberOf(event.data.edits.length, 'change')}, version ${event.data.version}`
        : `restored version ${event.data.restores} of the plan`
    case 'TaskImported':
      return 'imported the task from another Maestro'
    case 'TaskSucceeded':
      return 'ended it with what was there'
    default:
      return wordsOfType(event.type)
  }
}

const questionOf = (approvalId: keyof BornTask['approvals'], task: BornTask): string => {
  const approval = task.approvals[approvalId]
  if (!approval) return 'a question'
  if (approval.agentChange !== undefined)
    return `a change of the agent “${approval.agentChange.name}”`
  return approval.kind === 'plan' ? `plan version ${approval.planVersion}` : approval.kind
}

const withStep = (what: string, { data }: TaskEvent, task: BornTask): string => {
  const asked = 'approvalId' in data ? task.approvals[data.approvalId]?.stepId : null
  const stepId = ('stepId' in data ? data.stepId : null) ?? asked
  return stepId ? `${what}: ${task.steps[stepId]?.title ?? stepId}` : what
}

/** What was said, else what it was about. */
const whyOf = (event: TaskEvent, task: BornTask): string => {
  switch (event.type) {
    case 'TaskCreated':
      return ''
    case 'ApprovalDecided': {
      const { told, reason, approvalId } = event.data
      if (reason !== '') return reason
      return told?.preview ?? `asked: ${task.approvals[approvalId]?.ask ?? ''}`
    }
    case 'ApprovalExpired':
      return task.approvals[event.data.approvalId]?.ask ?? ''
    case 'GuidanceGiven':
      return event.data.text.preview
    case 'DraftGuidanceGiven':
      return event.data.guidance.preview
    case 'TaskSucceeded':
      return event.data.cutShort?.reason ?? ''
    default:
      if ('reason' in event.data && typeof event.data.reason === 'string') return event.data.reason
      return 'note' in event.data ? event.data.note : ''
  }
}

const decisionWords: Readonly<Record<string, string>> = {
  approve: 'approved',
  reject: 'rejected',
  redraft: 'sent back for another draft',
  revise: 'asked to do it differently',
  answer: 'answered',
  retry: 'chose to try again',
  'other-model': 'chose another model',
  skip: 'chose to leave the step out',
  'go-on': 'chose to go on without its output',
  fail: 'chose to give it up',
  accept: 'took what was delivered',
  raise: 'raised the limit',
  'cheaper-model': 'chose a cheaper model',
  'drop-steps': 'chose to leave steps out',
  finish: 'chose to finish with what is there',
  stop: 'chose to stop',
}
