import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { ToolCallId } from '@maestro/contracts/ids'
import { JudgementVerdict } from '@maestro/contracts/task/result-judgement'
import { askPersonTool } from '@maestro/contracts/task/tool-question'
import type { Effect } from '../effects-of.ts'
import type { AnsweredCall, CallPlace, ProposedPlan, TaskCommand } from '../task-command.ts'
import { answerAboutMoney } from './answer-about-money.ts'
import { decideOn } from './task-command-fixtures.ts'
import {
  ada,
  factsWith,
  noFacts,
  orchestrator,
  planOf,
  refOf,
  refusedUntil,
} from './task-fixtures.ts'
import type { BornTask } from '../task.ts'

/** A number from 0 to below this; 0 is always the choice with which everything goes well. */
export type Choose = (below: number) => number

type World = { task: () => BornTask; nextPlan?: () => ProposedPlan }

/** One of the answers that an effect can get from the world. */
export const answerOf = (effect: Effect, world: World, choose: Choose, at: string): TaskCommand => {
  switch (effect.kind) {
    case 'call':
      if (effect.place.stepId === null) return draftAnswer(effect.place, world, choose, at)
      return effect.place.purpose === 'observe'
        ? judgeAnswer(effect.place, choose, at)
        : stepAnswer(effect.place, world, choose, at)
    case 'tool': {
      const place = effect.place
      const result = refOf(`result of ${place.toolCallId}`)
      const answered = choose(7)
      if (answered === 3) return { type: 'DoubtTool', place, at, actor: orchestrator }
      if (answered === 1) {
        const why = { tool: effect.tool, reason: 'not yours' }
        return { type: 'RefuseTool', place, ...why, result, at, actor: orchestrator }
      }
      const ok = answered !== 2
      return { type: 'AnswerTool', place, ok, result, latencyMs: 1, at, actor: orchestrator }
    }
    case 'condition': {
      const luck = choose(8)
      const problem = luck === 1 ? 'no such key: total' : null
      const answer = { stepId: effect.stepId, holds: problem === null && luck < 6, problem }
      return { type: 'AnswerCondition', ...answer, at, actor: orchestrator }
    }
    case 'list': {
      const luck = choose(8)
      const problem = luck === 1 ? 'it is no list' : null
      const count = problem === null ? choose(5) : 0
      const items = Array.from({ length: count }, (_, index) => refOf(`item ${index}`))
      const answer = { stepId: effect.stepId, attempt: effect.attempt ?? 1, items, problem }
      return { type: 'ExpandList', ...answer, at, actor: orchestrator }
    }
    case 'while': {
      const luck = choose(8)
      const problem = luck === 1 ? 'no such key: good' : null
      const { stepId, attempt = 1, round } = effect
      const answer = { stepId, attempt, round, holds: problem === null && luck > 3, problem }
      return { type: 'AnswerWhile', ...answer, at, actor: orchestrator }
    }
    case 'outputs': {
      const problem = choose(12) === 1 ? 'too long' : null
      const output = problem === null ? refOf('[]') : null
      const answer = { stepId: effect.stepId, attempt: effect.attempt ?? 1, output, problem }
      return { type: 'CollectOutputs', ...answer, at, actor: orchestrator }
    }
    case 'expire-approval': {
      const { approvalId, dueAt } = effect
      const decision = (['approve', 'revise', 'redraft', 'reject'] as const)[choose(4)]
      if (choose(8) === 7) {
        const told = refOf('nobody answered')
        return { type: 'ExpireApproval', approvalId, told, at: dueAt ?? at, actor: orchestrator }
      }
      const { kind, question, budget } = world.task().approvals[approvalId] ?? {}
      if (budget !== undefined) return answerAboutMoney(approvalId, world.task(), choose, at)
      const choice = question?.choices[choose(question.choices.length)]
      const wish = kind === 'plan' ? 'revise' : 'redraft'
      const possible = decision === wish ? 'approve' : decision
      const made = kind === 'question' ? 'answer' : (choice ?? possible ?? 'approve')
      const what = approvalId.split('_').slice(2).join('_')
      const isReworded = kind === 'agent' && made === 'approve' && choose(2) === 1
      const agent = isReworded ? { agent: { prompt: refOf('in other words') } } : {}
      return decideOn(what, made, { reason: 'so', at, ...agent })
    }
    case 'check-duration':
      // Mostly early: a timer may look too soon, and nothing must come of it.
      return {
        type: 'CheckDuration',
        at: choose(12) === 11 ? (effect.dueAt ?? at) : at,
        actor: orchestrator,
      }
    case 'check-step-time':
      return {
        type: 'CheckStepTime',
        stepId: effect.stepId,
        at: choose(4) === 3 ? (effect.dueAt ?? at) : at,
        actor: orchestrator,
      }
    case 'resume-with-budget':
      return {
        type: 'ResumeWithBudget',
        because: { kind: 'window' },
        at: choose(4) === 3 ? at : (effect.dueAt ?? at),
        actor: orchestrator,
      }
    case 'raise-budget': {
      const { budgetId, limit } = effect
      const because = { kind: 'limit', budgetId, limit } as const
      return { type: 'ResumeWithBudget', because, at, actor: orchestrator }
    }
    case 'start-retry': {
      const { stepId, attempt, dueAt } = effect
      // Mostly when it is due; early, nothing must come of it.
      const when = choose(4) === 3 || dueAt === null || dueAt < at ? at : dueAt
      return { type: 'StartRetry', stepId, attempt, at: when, actor: orchestrator }
    }
    case 'cancel-calls':
      return { type: 'CancelTask', reason: 'again', at, actor: ada }
    default:
      return effect satisfies never
  }
}

const failures: readonly FailureClass[] = ['budget', 'no_provider', 'timeout']

const failed = (place: CallPlace, choose: Choose, at: string): TaskCommand => {
  const failureClass = failures[choose(failures.length)] ?? 'budget'
  return {
    type: 'FailCall',
    place,
    failureClass,
    message: 'it failed',
    refusal: failureClass === 'budget' && choose(2) === 1 ? refusedUntil(at) : null,
    ...(failureClass !== 'budget' && choose(2) === 1 && { ask: { suggestion: 'do something' } }),
    facts: noFacts,
    at,
    actor: orchestrator,
  }
}

const answered = (text: string | null, choose: Choose): AnsweredCall => ({
  answer: refOf('answer'),
  text: text === null ? null : refOf(text),
  facts: factsWith({ costNanoUsd: nanoUsd(1 + choose(1_000)) }),
})

const cutOff = (place: CallPlace, text: string | null, choose: Choose, at: string): TaskCommand => {
  const isBrokenOff = choose(2) === 0
  return {
    type: 'TakeIncomplete',
    place,
    answered: answered(text, choose),
    incomplete: {
      reason: isBrokenOff ? 'broke-off' : 'output-limit',
      failureClass: isBrokenOff ? 'network' : null,
      message: 'it broke off',
      ...(choose(3) === 1 && { ask: { suggestion: 'do something' } }),
      isUsable: text !== null && place.stepId !== null,
    },
    at,
    actor: orchestrator,
  }
}

const draftAnswer = (
  place: Extract<CallPlace, { stepId: null }>,
  { task, nextPlan }: World,
  choose: Choose,
  at: string,
): TaskCommand => {
  const by = { at, actor: orchestrator }
  const luck = choose(10)
  if (luck === 1) return failed(place, choose, at)
  if (luck === 2) {
    const problem = 'no JSON'
    return { type: 'RefuseAnswer', place, answered: answered('x', choose), problem, ...by }
  }
  if (luck === 4) return cutOff(place, null, choose, at)
  if (place.role === 'planner') {
    const { round } = task().drafting
    const plan = {
      ...(nextPlan?.() ?? planOf({ a: [], b: ['a'] })),
      hash: `hash-${round}`,
    }
    return {
      type: 'ProposePlan',
      place,
      answered: answered('plan', choose),
      plan,
      replies: [],
      ...by,
    }
  }
  const approves = choose(2) === 0
  return {
    type: 'JudgePlan',
    place,
    answered: answered('verdict', choose),
    observer: place.role,
    hash: luck === 3 ? 'another' : (task().versions.at(-1)?.hash ?? ''),
    judgement: {
      verdict: approves ? 'approve' : 'revise',
      score: approves ? 0.9 : choose(9) / 10,
      findings: [{ severity: 'minor', target: 'plan', text: 'short' }],
      summary: '',
    },
    ...by,
  }
}

const judgeAnswer = (place: CallPlace, choose: Choose, at: string): TaskCommand => {
  const by = { at, actor: orchestrator }
  const luck = choose(6)
  if (luck === 1) return failed(place, choose, at)
  if (luck === 2) {
    const problem = 'no JSON'
    return { type: 'RefuseAnswer', place, answered: answered('x', choose), problem, ...by }
  }
  if (luck === 3) return cutOff(place, null, choose, at)
  const verdicts = JudgementVerdict.options
  const verdict = verdicts[choose(verdicts.length)] ?? 'ok'
  const wanted = [{ prompt: refOf('work as the judge wants') }, { tools: ['read_input', 'more'] }]
  const agent = verdict === 'change-agent' ? wanted[choose(3)] : undefined
  const memories = Array.from({ length: choose(4) }, (_, index) => ({
    key: `key ${index}`,
    text: 'a fact'.repeat(1 + choose(60)),
  }))
  return {
    type: 'JudgeResult',
    place,
    answered: answered('a verdict', choose),
    judgement: {
      verdict,
      concern: choose(2) === 0 ? 'other' : 'drift',
      reason: 'so',
      words: choose(2) === 0 ? '' : 'do it so',
      memories,
      ...(agent !== undefined && { agent }),
    },
    ...by,
  }
}

const stepAnswer = (
  place: Extract<CallPlace, { purpose: 'step' }>,
  { task }: World,
  choose: Choose,
  at: string,
): TaskCommand => {
  const by = { at, actor: orchestrator }
  const luck = choose(10)
  if (luck === 1) return failed(place, choose, at)
  if (luck === 2) {
    const problem = 'no JSON'
    return { type: 'RefuseAnswer', place, answered: answered(null, choose), problem, ...by }
  }
  if (task().steps[place.stepId]?.turns.at(-1)?.refine !== undefined && luck !== 4) {
    return {
      type: 'JudgeOutput',
      place,
      answered: answered('a verdict', choose),
      verdict: choose(2) === 0 ? 'good' : 'revise',
      notes: 'so',
      output: choose(3) === 0 ? null : refOf(`version ${choose(3)}`),
      ...by,
    }
  }
  if (luck === 4) return cutOff(place, choose(2) === 0 ? 'part' : null, choose, at)
  const exact = task().steps[place.stepId]?.promise.from === 'tool'
  const tools = luck > 5 ? luck - 5 : luck === 0 && exact ? 1 : 0
  return {
    type: 'FinishTurn',
    place,
    answered: answered(luck === 3 || tools > 0 ? null : 'output', choose),
    toolCalls: Array.from({ length: tools }, (_, index) => ({
      toolCallId: ToolCallId.parse(`t${index}`),
      tool: choose(8) === 1 ? askPersonTool : 'read_input',
      arguments: refOf('arguments'),
      ...(choose(3) === 1 && { repeat: 'unsafe' as const }),
      ...(choose(9) === 1 && { misfit: { reason: 'no name', result: refOf('no name') } }),
    })),
    ...by,
  }
}
