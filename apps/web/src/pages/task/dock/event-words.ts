import { nameOfStep, roleOf } from '@maestro/contracts/ids'
import type { PlanEditKind } from '@maestro/contracts/task/plan-edit'
import type { TaskEvent, TaskEventData } from '@maestro/contracts/task/task-events'
import { convergenceWords } from '../draft/convergence-words.ts'
import { decisionWords } from './decision-words.ts'
import { stepEventWords } from './step-event-words.ts'

const observers = { 'agent-observer': 'AgentObserver', 'plan-observer': 'PlanObserver' } as const
const roles = { planner: 'Planner', ...observers } as const
/** What happened, in a few words; the step is named beside it. */
export const eventWords = (event: TaskEvent, tool: string | null): string => {
  switch (event.type) {
    case 'TaskCreated':
      return `task created by ${event.actor.id}`
    case 'DraftingStarted':
      return `drafting round ${event.data.round} started`
    case 'DraftTurnStarted':
      return `${roles[event.data.role]} asked${event.data.turn > 1 ? ' again' : ''}${event.data.repair === null ? '' : ' to repair its answer'}`
    case 'PlanProposed':
      return `plan version ${event.data.version} proposed${event.data.parts > 1 ? ` (part ${event.data.part} of ${event.data.parts})` : ''}`
    case 'FindingAnswered':
      return `version ${event.data.version}: a finding was ${event.data.isUnanswered ? 'not answered' : event.data.addressed ? 'addressed' : 'declined'}`
    case 'PlanJudged': {
      const { observer, verdict, version, score } = event.data
      const said =
        verdict === 'approve' ? `approves version ${version}` : `wants version ${version} revised`
      return `${observers[observer]} ${said}, score ${score.toFixed(2)}`
    }
    case 'PlanConverged':
      return `plan version ${event.data.version} holds: ${convergenceWords[event.data.reason]}`
    case 'PlanEdited':
      return planEditedWords(event)
    case 'DraftGuidanceGiven':
      return `${event.actor.id} told the Planner: ${event.data.guidance.preview}`
    case 'PlanPartLocked':
      return `${event.actor.id} ${event.data.isLocked ? 'locked' : 'unlocked'} ${event.data.part}`
    case 'ApprovalRequested':
      return `asks: ${event.data.ask}`
    case 'ApprovalDecided':
      return `${event.actor.id} ${decidedWith(event.data)}${event.data.reason === '' ? '' : `: ${event.data.reason}`}`
    case 'ApprovalWithdrawn':
      return `withdraws its question: ${event.data.reason}`
    case 'ApprovalExpired':
      return 'nobody decided in time'
    case 'TaskStarted':
      return `execution of version ${event.data.planVersion} started`
    case 'TaskPaused':
      if (event.data.reason === 'breakpoint') return `held at a breakpoint ${event.data.note}`
      return event.data.reason === 'budget'
        ? `paused by the budget: ${event.data.note}`
        : `paused by ${event.actor.id}`
    case 'TaskResumed':
      return `resumed by ${event.actor.id}`
    case 'TaskStepped':
      return `let through by ${event.actor.id}`
    case 'TaskCancelled':
      return `cancelled${event.data.reason === '' ? '' : `: ${event.data.reason}`}`
    case 'TaskSucceeded':
      return event.data.cutShort ? 'task finished with what was there' : 'task finished'
    case 'TaskFailed':
      return `task failed: ${event.data.reason}`
    case 'TaskImported': {
      const from = event.data.from === undefined ? '' : ` from ${event.data.from}`
      return `imported by ${event.actor.id}${from}: what is before this happened elsewhere`
    }
    default:
      return stepEventWords(event, tool)
  }
}

/** What somebody decided; a plan, arguments or an agent that they changed first are said to be changed. */
const decidedWith = ({
  decision,
  arguments: args,
  agent,
  planVersion,
}: TaskEventData<'ApprovalDecided'>): string => {
  if (planVersion !== undefined)
    return `${decisionWords[decision].did} it changed, as version ${planVersion}`
  const isChanged = args !== undefined || agent !== undefined
  return `${decisionWords[decision].did}${isChanged ? ' it with changes' : ''}`
}

const editWords: Record<PlanEditKind, string> = {
  'insert-step': 'inserted',
  'remove-step': 'removed',
  rewire: 'rewired',
  reassign: 'given to another agent',
  retool: 'given other tools',
  'change-model': 'given another model',
  'set-gate': 'gated or let go',
  instruct: 'told otherwise',
  promise: 'to deliver something else',
  'add-agent': 'added',
  'set-result': 'the result now',
}

const planEditedWords = ({
  actor,
  data: { version, edits, restores, reason },
}: TaskEvent & { type: 'PlanEdited' }): string => {
  const done =
    restores === undefined
      ? edits
          .map(({ kind, stepId, agentId }) => {
            const name = stepId ? nameOfStep(stepId) : agentId ? roleOf(agentId) : ''
            return `"${name}" ${editWords[kind]}`
          })
          .join(', ')
      : `as version ${restores} was`
  return `${actor.id} made plan version ${version}: ${done}${reason === '' ? '' : ` (${reason})`}`
}
