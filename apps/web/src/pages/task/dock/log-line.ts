import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { ObserverAct } from '@maestro/contracts/task/observer-note'
import { nameOfStep, roleOf } from '@maestro/contracts/ids'
import type { PlanEditKind } from '@maestro/contracts/task/plan-edit'
import type { TaskEvent, TaskEventData } from '@maestro/contracts/task/task-events'
import type { TaskEventAt } from '../../../live/task-event-at.ts'
import { formatMoney } from '../../../ui/format-money.ts'
import { formatDuration } from '../../../ui/format-time.ts'
import { refinementEnds } from '../inspector/mode-words.ts'
import { decisionWords } from './decision-words.ts'

export type LogLevel = 'info' | 'warn' | 'error'
export type LogLine = {
  readonly seq: number
  readonly atMs: number
  readonly level: LogLevel
  readonly stepId: string | null
  readonly tool: string | null
  readonly text: string
}

const errors = new Set(['StepFailed', 'TaskFailed', 'ApprovalExpired'])
const warnings = new Set([
  'CallFailed',
  'CallLost',
  'AnswerRefused',
  'StepRetried',
  'ToolRefused',
  'ObserverNoted',
])

const levelOf = (event: TaskEvent): LogLevel => {
  if (errors.has(event.type)) return 'error'
  if (warnings.has(event.type)) return 'warn'
  if (event.type === 'CallFinished' && event.data.incomplete) return 'warn'
  return event.type === 'ToolAnswered' && !event.data.ok ? 'warn' : 'info'
}

/** An event as a line of the log. `tool` is that of an answer, which does not name it. */
export const logLineOf = (
  { seq, atMs, kind, event }: TaskEventAt,
  tool: string | null = null,
): LogLine => ({
  seq,
  atMs,
  level: event === null ? 'info' : levelOf(event),
  stepId: event !== null && 'stepId' in event.data ? (event.data.stepId ?? null) : null,
  tool: event !== null && 'tool' in event.data ? event.data.tool : tool,
  text: event === null ? kind : wordsOf(event, tool),
})

const observers = { 'agent-observer': 'AgentObserver', 'plan-observer': 'PlanObserver' } as const
const roles = { planner: 'Planner', ...observers } as const
const purposes = {
  plan: 'Planner',
  'judge-agents': 'AgentObserver',
  'judge-plan': 'PlanObserver',
  step: 'model',
  observe: 'judge',
  embed: 'embedding model',
} as const

/** What happened, in a few words; the step is named beside it. */
const wordsOf = (event: TaskEvent, tool: string | null): string => {
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
    case 'PlanJudged':
      return `${observers[event.data.observer]}: ${event.data.verdict} version ${event.data.version}, score ${event.data.score.toFixed(2)}`
    case 'PlanConverged':
      return `plan version ${event.data.version} holds: ${convergence[event.data.reason]}`
    case 'PlanEdited':
      return planEditedWords(event)
    case 'DraftGuidanceGiven':
      return `${event.actor.id} told the Planner: ${event.data.guidance.preview}`
    case 'PlanPartLocked':
      return `${event.actor.id} ${event.data.isLocked ? 'locked' : 'unlocked'} ${event.data.part}`
    case 'ApprovalRequested':
      return `asks: ${event.data.ask}`
    case 'ApprovalDecided':
      return `${event.actor.id} said ${decisionWords[event.data.decision]}${event.data.reason === '' ? '' : `: ${event.data.reason}`}`
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
      return stepWords(event, tool)
  }
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

const convergence = {
  approved: 'both observers approve it',
  'no-improvement': 'the score stopped improving',
  'round-cap': 'no rounds are left',
  'cost-cap': 'drafting may cost no more',
  person: 'a person took it',
  given: 'it came with the task',
  stuck: 'it is the best that was judged, as the drafting could not go on',
} as const

const finishedWords = ({ isIncomplete, refinement }: TaskEventData<'StepFinished'>): string => {
  if (isIncomplete) return 'finished with what came of an answer'
  if (!refinement) return 'finished'
  const { version, round, ended, reason } = refinement
  const why = `${refinementEnds[ended]}${reason === undefined ? '' : `: ${reason}`}`
  return `finished with version ${version} after round ${round}: ${why}`
}

const actWords: Record<ObserverAct, string> = {
  note: '',
  revise: ' · the agent is told',
  'retry-elsewhere': ' · another provider tries',
  'ask-person': ' · a person is asked',
  'propose-change': ' · it would change the plan',
  'change-agent': ' · its agent is to be changed',
}
const verdictWords: Record<TaskEventData<'ResultJudged'>['verdict'], string> = {
  ok: 'the judge finds it good',
  note: 'the judge notes',
  revise: 'the judge wants it revised',
  'retry-elsewhere': 'the judge wants another model to try',
  'ask-person': 'the judge wants a person to say how it goes on',
  'change-plan': 'the judge would change the plan',
  'change-agent': 'the judge would change its agent',
  none: 'the judge gave no verdict',
}
const resetWords = {
  retry: 'begins anew',
  rerun: 'runs again',
  'agent-modified': 'begins anew with its modified agent',
} as const

type StepEvent = Exclude<
  TaskEvent,
  {
    type:
      | `Task${string}`
      | `Draft${string}`
      | `Plan${string}`
      | `Approval${string}`
      | 'FindingAnswered'
  }
>

const stepWords = (event: StepEvent, tool: string | null): string => {
  switch (event.type) {
    case 'StepQueued':
      return 'queued'
    case 'ConditionAsked':
      return 'is its condition true?'
    case 'ConditionEvaluated': {
      const { holds, problem } = event.data
      if (problem !== null) return `its condition could not be evaluated: ${problem}`
      return holds ? 'its condition holds' : 'its condition does not hold'
    }
    case 'ListAsked':
      return 'which items does its list have?'
    case 'ListExpanded': {
      const { items, part, parts, problem } = event.data
      if (problem !== null) return `its list could not be gone through: ${problem}`
      const count = `${items.length} ${items.length === 1 ? 'item' : 'items'}`
      return `${count} of its list${parts > 1 ? ` (part ${part} of ${parts})` : ''}`
    }
    case 'SubPlanStarted':
      return 'began the plan that it holds'
    case 'StepReopened':
      return `goes on, as a part of it runs again${event.data.reason === '' ? '' : `: ${event.data.reason}`}`
    case 'RoundStarted':
      return `round ${event.data.round}`
    case 'WhileAsked':
      return `is there another round after round ${event.data.round}?`
    case 'WhileEvaluated': {
      const { holds, round, problem } = event.data
      if (problem !== null) return `whether it is repeated could not be evaluated: ${problem}`
      return holds ? `after round ${round} its condition holds` : `round ${round} was the last`
    }
    case 'OutputsAsked':
      return 'all its items have ended'
    case 'OutputsCollected':
      return event.data.problem === null
        ? 'the outputs of its items are one'
        : `the outputs of its items could not be put together: ${event.data.problem}`
    case 'StepSkipped':
      return `skipped: ${event.data.reason}`
    case 'StepStarted':
      return event.data.attempt === 1 ? 'started' : `attempt ${event.data.attempt} started`
    case 'TurnStarted':
      return `turn ${event.data.turn}${event.data.refine ? `, round ${event.data.refine.round}: ${roleOf(event.data.refine.agentId)} judges the output` : ''}${event.data.repair === null ? '' : `, to repair: ${event.data.repair}`}`
    case 'ToolCalled':
      return `calls ${event.data.tool}`
    case 'ToolAnswered':
      return `${tool ?? 'tool'} ${event.data.ok ? 'answered' : 'failed'} in ${formatDuration(event.data.latencyMs)}`
    case 'ToolRefused':
      return `${event.data.tool} refused: ${event.data.reason}`
    case 'StepFinished':
      return finishedWords(event.data)
    case 'StepRetried':
      return `will try again: ${event.data.reason}`
    case 'StepReset':
      return `${resetWords[event.data.because]}${event.data.reason === '' ? '' : `: ${event.data.reason}`}`
    case 'BreakpointSet':
      return 'breakpoint set'
    case 'BreakpointCleared':
      return 'breakpoint cleared'
    case 'BookmarkSet':
      return `bookmark "${event.data.name}" at event ${event.data.position}`
    case 'BookmarkRemoved':
      return `bookmark "${event.data.name}" removed`
    case 'GuidanceGiven':
      return `${event.actor.id} says: ${event.data.text.preview}`
    case 'AgentModified':
      return `agent "${event.data.agent.name}" is version ${event.data.version} now, ${event.data.when === 'at-once' ? 'at once' : 'from the next attempt on'}${event.data.reason === '' ? '' : `: ${event.data.reason}`}`
    case 'StepFailed':
      return `failed: ${event.data.reason}`
    case 'OutputProposed':
      return `version ${event.data.version} of the output by ${roleOf(event.data.agentId)}`
    case 'OutputJudged': {
      const { agentId, version, verdict, notes } = event.data
      const said =
        verdict === 'good' ? `finds version ${version} good` : `revises version ${version}`
      return `${roleOf(agentId)} ${said}${notes === '' ? '' : `: ${notes}`}`
    }
    case 'ObserverNoted':
      return `observer: ${event.data.text}${actWords[event.data.act]}`
    case 'JudgementAsked': {
      const what = event.data.about === 'delivery' ? 'what it delivers' : 'what it has found'
      return `the judge reads ${what}${event.data.repair === null ? '' : ' and mends its answer'}`
    }
    case 'ResultJudged': {
      const { verdict, reason } = event.data
      return `${verdictWords[verdict]}${reason === '' ? '' : `: ${reason}`}`
    }
    case 'MemoryWritten':
      return `the judge keeps for later steps: ${event.data.key}: ${event.data.text}`
    case 'JudgeStopped': {
      const { bound, max } = event.data
      return `nothing more is judged: the judge had ${bound === 'calls' ? `its ${max} judgements` : formatMoney(nanoUsd(max))}`
    }
    case 'RevisionRequested':
      return 'the next turn is told what the observer remarks'
    case 'CallFinished': {
      const { facts, purpose, incomplete } = event.data
      if (incomplete) return `${purposes[purpose]} answer is incomplete: ${incomplete.message}`
      const who = facts.provider === null ? '' : ` · ${facts.provider}/${facts.model ?? '?'}`
      const cost = facts.costNanoUsd === 0 ? '' : `, ${formatMoney(facts.costNanoUsd)}`
      return `${purposes[purpose]} answered in ${formatDuration(facts.latencyMs)}${cost}${who}`
    }
    case 'CallFailed':
      return `${purposes[event.data.purpose]} call failed: ${event.data.message}`
    case 'CallLost':
      return `a call was lost with its worker, booked at ${formatMoney(nanoUsd(event.data.costNanoUsd))}`
    case 'AnswerRefused':
      return `answer refused: ${event.data.problem}`
    default:
      event satisfies never
      return ''
  }
}
