import { stepCallIdOf } from '@maestro/contracts/ids'
import type { RefineTurn } from '@maestro/contracts/task/step-mode'
import { callAsAsked } from '../calls/call-as-asked.ts'
import type { EventOf } from '../event-of.ts'
import { versionInAttempt, versionsOfAttempt } from '../steering/agent-of.ts'
import { toolBytesOf } from '../limits/answer-bytes-of.ts'
import type { BornTask, CallRecord, Step, Told, ToolUse, Turn } from '../task.ts'
import { withStep } from './with-step.ts'

type StepEvent = EventOf<
  | 'StepQueued'
  | 'ConditionAsked'
  | 'ConditionEvaluated'
  | 'StepSkipped'
  | 'StepStarted'
  | 'TurnStarted'
  | 'ToolCalled'
  | 'ToolAnswered'
  | 'ToolRefused'
  | 'StepFinished'
  | 'StepRetried'
  | 'StepFailed'
>

/** What a step does: attempts, turns, tools. */
export const evolveStep = (task: BornTask, event: StepEvent): BornTask => {
  const changed = withStep(task, event.data.stepId, (step) => change(task, step, event))
  if (event.type !== 'ToolCalled') return changed
  return { ...changed, totals: { ...changed.totals, toolCalls: changed.totals.toolCalls + 1 } }
}

const change = (task: BornTask, step: Step, event: StepEvent): Partial<Step> => {
  switch (event.type) {
    case 'StepQueued':
      return { status: 'queued', queuedAt: event.at }
    case 'ConditionAsked':
      return { status: 'queued', queuedAt: event.at, condition: 'asked' }
    case 'ConditionEvaluated':
      return { condition: event.data.holds ? 'holds' : 'does-not-hold' }
    case 'StepSkipped':
      return {
        status: 'skipped',
        phase: null,
        skipReason: event.data.reason,
        ...(event.data.isLeftOut && { isLeftOut: true }),
        finishedAt: event.at,
      }
    case 'StepStarted': {
      const { attempt } = event.data
      const own = versionsOfAttempt(task, step)
      const started = { ...step, ...own, attempt, turns: [] }
      return {
        ...own,
        attempt,
        status: attempt === 1 ? 'running' : 'retrying',
        phase: 'calling',
        startedAt: step.startedAt ?? event.at,
        failure: null,
        ...(toolBytesOf(step) > 0 && {
          answerBytesBefore: (step.answerBytesBefore ?? 0) + toolBytesOf(step),
        }),
        ...(step.refinement && { refinement: null }),
        ...nextTurn(task, started, { turn: 1, repair: null }, event.at),
      }
    }
    case 'TurnStarted':
      return {
        phase: 'calling',
        ...nextTurn(task, step, event.data, event.at),
        ...(event.data.refine &&
          step.refinement && {
            refinement: {
              ...step.refinement,
              round: event.data.refine.round,
              speakerId: event.data.refine.agentId,
            },
          }),
      }
    case 'ToolCalled':
      return { phase: 'tools', turns: withTool(step, event.data.toolCallId, { status: 'running' }) }
    case 'ToolAnswered': {
      const { toolCallId, ok, result, latencyMs, misfit } = event.data
      const said = { ok, result, latencyMs, ...(misfit !== undefined && { unfit: misfit }) }
      return { turns: withTool(step, toolCallId, { status: 'answered', ...said }) }
    }
    case 'ToolRefused': {
      const { toolCallId, result } = event.data
      return {
        phase: 'tools',
        turns: withTool(step, toolCallId, { status: 'refused', ok: false, result, latencyMs: 0 }),
      }
    }
    case 'StepFinished':
      return {
        status: 'done',
        phase: null,
        output: event.data.output,
        finishedAt: event.at,
        ...(event.data.refinement && { refined: event.data.refinement }),
        ...(event.data.isIncomplete && { isIncomplete: true }),
      }
    case 'StepRetried': {
      const { reason, dueAt } = event.data
      const waits =
        dueAt === undefined ? { phase: null } : { phase: 'backoff' as const, retryAt: dueAt }
      return { status: 'retrying', failure: reason, ...waits }
    }
    case 'StepFailed':
      return { status: 'failed', phase: null, failure: event.data.reason, finishedAt: event.at }
    default:
      event satisfies never
      return {}
  }
}

/** A further turn of the present attempt, with its call out. */
const nextTurn = (
  task: BornTask,
  step: Step,
  {
    turn,
    repair,
    refine,
  }: { turn: number; repair: string | null; refine?: RefineTurn | undefined },
  at: string,
): Pick<Step, 'turns' | 'calls' | 'observation'> => {
  const callId = stepCallIdOf(task.taskId, step.stepId, step.attempt, turn)
  const remark = step.observation?.remark ?? null
  const told = toldNow(task, step)
  const agentVersion = versionInAttempt(step, refine?.agentId)
  const started: Turn = {
    turn,
    callId,
    repair,
    ...(remark !== null && { remark }),
    ...(refine !== undefined && { refine }),
    ...(told !== null && { told }),
    answer: null,
    text: null,
    toolUses: [],
  }
  const call: CallRecord = {
    callId,
    purpose: 'step',
    attempt: step.attempt,
    turn,
    ...callAsAsked(at),
    ...(agentVersion !== undefined && { agentVersion }),
  }
  return {
    turns: [...step.turns, started],
    calls: [...step.calls, call],
    ...(step.observation && { observation: { ...step.observation, remark: null } }),
  }
}

/** Null while nothing was said. */
const toldNow = ({ guidance, memories }: BornTask, step: Step): Told | null => {
  const told = { task: guidance?.length ?? 0, step: step.guidance?.length ?? 0 }
  if (memories !== undefined) return { ...told, memories: memories.length }
  return told.task + told.step > 0 ? told : null
}

const withTool = (
  step: Step,
  toolCallId: ToolUse['toolCallId'],
  toolChange: Partial<ToolUse>,
): readonly Turn[] => {
  const last = step.turns.at(-1)
  if (!last) return step.turns
  const toolUses = last.toolUses.map((use) =>
    use.toolCallId === toolCallId ? { ...use, ...toolChange } : use,
  )
  return [...step.turns.slice(0, -1), { ...last, toolUses }]
}
