import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { roleOf } from '@maestro/contracts/ids'
import type { ObserverAct } from '@maestro/contracts/task/observer-note'
import type { TaskEvent, TaskEventData } from '@maestro/contracts/task/task-events'
import { formatMoney } from '../../../ui/format-money.ts'
import { formatDuration } from '../../../ui/format-time.ts'
import { refinementEnds } from '../inspector/mode-words.ts'
import { judgementWords } from './judgement-words.ts'

const purposes = {
  plan: 'Planner',
  'judge-agents': 'AgentObserver',
  'judge-plan': 'PlanObserver',
  step: 'model',
  observe: 'judge',
  embed: 'embedding model',
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
const resetWords = {
  retry: 'begins anew',
  rerun: 'runs again',
  'agent-modified': 'begins anew with its modified agent',
} as const

/** What is not about the task as a whole. */
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

/** What happened in a step, in a few words; `tool` is that of an answer, which does not name it. */
export const stepEventWords = (event: StepEvent, tool: string | null): string => {
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
      return `the judge ${judgementWords[verdict]}${reason === '' ? '' : `: ${reason}`}`
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
