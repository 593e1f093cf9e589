import type { CallFacts } from '@maestro/contracts/llm/call-facts'
import type { CallPurpose } from '@maestro/contracts/llm/call-work'
import type { AskPerson } from '@maestro/contracts/llm/incomplete'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { DraftRole } from '@maestro/contracts/task/draft-role'
import type { IncompleteAnswer } from '@maestro/contracts/task/incomplete-answer'
import type { EventOf } from '../event-of.ts'
import { withJudgeCost } from '../judge/evolve-judgement.ts'
import { withJob } from '../drafting/evolve-drafting.ts'
import type { StepPhase } from '../execution/step-phase.ts'
import type { BornTask, CallRecord, DraftJob, Step, Turn } from '../task.ts'
import { withStep } from '../execution/with-step.ts'
import { withoutBooked } from '../expansion/without-parts.ts'

type CallEvent = EventOf<'CallFinished' | 'CallFailed' | 'CallLost' | 'AnswerRefused'>

/**
 * What model calls brought. A result is booked whatever state the task is in: the money is spent.
 * It moves the step or the draft on only when it belongs to the turn that is waiting.
 */
export const evolveCall = (task: BornTask, event: CallEvent): BornTask => {
  switch (event.type) {
    case 'CallLost':
      return { ...task, totals: { ...task.totals, attemptsLost: task.totals.attemptsLost + 1 } }
    case 'AnswerRefused': {
      const { callId, stepId, problem } = event.data
      return moved(task, { callId, stepId }, { problem }, 'refused')
    }
    case 'CallFinished': {
      const { callId, stepId, answer, text, facts, toolCalls, role } = event.data
      const used = role === undefined ? {} : { used: role }
      const record = {
        status: 'answered',
        finishedAt: event.at,
        answer,
        text,
        facts,
        ...used,
      } as const
      if (event.data.incomplete !== undefined) return cutOff(task, event, event.data.incomplete)
      const toolUses = toolCalls.map(({ repeat, misfit, ...call }) => ({
        ...call,
        ...(repeat !== undefined && { repeat }),
        ...(misfit !== undefined && { misfit }),
        status: 'asked' as const,
        ok: null,
        result: null,
        latencyMs: null,
      }))
      const booked = book(task, event.data, false)
      return moved(booked, { callId, stepId }, record, 'answered', { answer, text, toolUses })
    }
    case 'CallFailed': {
      const { callId, stepId, facts, failureClass, message, ask } = event.data
      const failure = { class: failureClass, message }
      const failed = { status: 'failed' as const, finishedAt: event.at, facts, failure }
      const record = { ...failed, ...unanswered(ask) }
      return moved(book(task, event.data, true), { callId, stepId }, record, 'call-failed')
    }
    default:
      event satisfies never
      return task
  }
}

const unanswered = (ask: AskPerson | undefined): Pick<CallRecord, 'ask'> =>
  ask === undefined ? {} : { ask: { ...ask, decision: null } }

/** What broke off is no turn of a conversation; what ran into its limit is one, and can be repaired. */
const cutOff = (
  task: BornTask,
  { at, data }: EventOf<'CallFinished'>,
  incomplete: IncompleteAnswer,
): BornTask => {
  const { callId, stepId, answer, text, facts } = data
  const isBrokenOff = incomplete.reason === 'broke-off'
  const cut = { status: 'incomplete', finishedAt: at, answer, text, facts, incomplete } as const
  const record = { ...cut, ...unanswered(incomplete.ask) }
  const said = isBrokenOff ? {} : { answer, text }
  return moved(book(task, data, isBrokenOff), { callId, stepId }, record, 'incomplete', said)
}

const book = (
  task: BornTask,
  {
    stepId,
    purpose,
    facts,
  }: { stepId: Step['stepId'] | null; purpose: CallPurpose; facts: CallFacts },
  failed: boolean,
): BornTask => {
  const { totals } = task
  const booked: BornTask = {
    ...task,
    rehearsal: task.rehearsal || facts.provider === 'rehearsal',
    totals: {
      ...totals,
      costNanoUsd: nanoUsd(totals.costNanoUsd + facts.costNanoUsd),
      inputTokens: totals.inputTokens + facts.usage.inputTokens,
      outputTokens: totals.outputTokens + facts.usage.outputTokens,
      calls: totals.calls + 1,
      callsFailed: totals.callsFailed + (failed ? 1 : 0),
    },
  }
  if (stepId === null) return booked
  if (purpose === 'observe') return withJudgeCost(booked, facts.costNanoUsd)
  return withStep(booked, stepId, (step) => ({
    costNanoUsd: nanoUsd(step.costNanoUsd + facts.costNanoUsd),
    inputTokens: step.inputTokens + facts.usage.inputTokens,
    outputTokens: step.outputTokens + facts.usage.outputTokens,
  }))
}

/** Writes the call's record, and moves on whoever waits for this very call. */
const moved = (
  task: BornTask,
  { callId, stepId }: { callId: CallRecord['callId']; stepId: Step['stepId'] | null },
  record: Partial<CallRecord>,
  phase: Extract<StepPhase, 'answered' | 'incomplete' | 'refused' | 'call-failed'>,
  turnChange: Partial<Turn> = {},
): BornTask => {
  if (stepId === null) return movedDraft(task, callId, record, phase)
  const recorded = withStep(task, stepId, (step) => {
    const calls = withRecord(step.calls, callId, record)
    const last = step.turns.at(-1)
    if (!last || last.callId !== callId || step.phase === null) return { calls }
    return { calls, phase, turns: [...step.turns.slice(0, -1), { ...last, ...turnChange }] }
  })
  return withoutBooked(recorded, stepId)
}

const movedDraft = (
  task: BornTask,
  callId: CallRecord['callId'],
  record: Partial<CallRecord>,
  phase: 'answered' | 'incomplete' | 'refused' | 'call-failed',
): BornTask => {
  const calls = withRecord(task.drafting.calls, callId, record)
  const recorded: BornTask = { ...task, drafting: { ...task.drafting, calls } }
  const call = task.drafting.calls.find((candidate) => candidate.callId === callId)
  if (!call || call.round !== task.drafting.round) return recorded
  const role: DraftRole = call.role
  if (task.drafting.jobs[role].turn !== call.turn) return recorded
  // An answered call is only done when its content was taken: PlanProposed or PlanJudged says so.
  if (phase === 'answered') return recorded
  const { incomplete } = record
  // One that was cut at its limit is refused next.
  if (incomplete?.reason === 'output-limit') return recorded
  const change: Partial<DraftJob> = {
    phase: phase === 'incomplete' ? 'call-failed' : phase,
    problem: record.problem ?? record.failure?.message ?? incomplete?.message ?? null,
  }
  return withJob(recorded, role, change)
}

/** The calls, one of them changed. */
export const withRecord = <Call extends CallRecord>(
  calls: readonly Call[],
  callId: CallRecord['callId'],
  change: Partial<CallRecord>,
): readonly Call[] => calls.map((call) => (call.callId === callId ? { ...call, ...change } : call))
