import type { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import type { Actor } from '@maestro/contracts/actor'
import {
  type AgentId,
  agentIdOf,
  draftCallIdOf,
  judgeCallIdOf,
  type StepId,
  stepCallIdOf,
  stepIdOf,
  TaskId,
  ToolCallId,
} from '@maestro/contracts/ids'
import type { CallFacts } from '@maestro/contracts/llm/call-facts'
import { noUsage } from '@maestro/contracts/money/cost-of'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { OnFailure, OnIncomplete, StepPromise } from '@maestro/contracts/task/plan-draft'
import type { DraftRole } from '@maestro/contracts/task/draft-role'
import type { ForEach, Repeat } from '@maestro/contracts/task/expansion'
import type { StepCaps } from '@maestro/contracts/task/step-caps'
import type { StepMode } from '@maestro/contracts/task/step-mode'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import { defaultTaskOptions, type TaskOptions } from '@maestro/contracts/task/task-options'
import { purposeOfRole } from '../drafting/purpose-of-role.ts'
import type { CallPlace, ProposedPlan } from '../task-command.ts'

export const taskId = TaskId.parse('task_1')
export const bornAt = '2026-01-01T00:00:00.000Z'
/** A moment in the life of the task. */
export const atMs = (ms: number) => new Date(Date.parse(bornAt) + ms).toISOString()
export const ada: Actor = { kind: 'person', id: 'ada' }
export const orchestrator: Actor = { kind: 'service', id: 'orchestrator' }

const hexOf = (text: string) =>
  Array.from(text, (character) => (character.codePointAt(0) ?? 0).toString(16).padStart(2, '0'))
    .join('')
    .slice(0, 64)
    .padEnd(64, '0')

/** Where this text would be kept. The hash is a stand-in: nothing in the rules looks behind it. */
export const refOf = (text: string): PayloadRef => ({
  service: 'orchestrator',
  sha256: hexOf(text),
  bytes: text.length,
  mediaType: 'text/plain',
  preview: text.slice(0, 160),
})

type OptionChanges = Partial<Omit<TaskOptions, 'limits' | 'drafting'>> & {
  limits?: Partial<TaskOptions['limits']>
  drafting?: Partial<TaskOptions['drafting']>
}

export const optionsWith = ({ limits, drafting, ...options }: OptionChanges = {}): TaskOptions => ({
  ...defaultTaskOptions,
  ...options,
  limits: { ...defaultTaskOptions.limits, ...limits },
  drafting: { ...defaultTaskOptions.drafting, ...drafting },
})

export const factsWith = (changes: Partial<CallFacts> = {}): CallFacts => ({
  provider: 'groq',
  model: 'small',
  usage: { ...noUsage, inputTokens: 10, outputTokens: 5 },
  costNanoUsd: nanoUsd(1_000),
  latencyMs: 200,
  firstTokenMs: 50,
  attempts: [],
  ...changes,
})

export const noFacts = factsWith({
  provider: null,
  model: null,
  usage: noUsage,
  costNanoUsd: nanoUsd(0),
  firstTokenMs: null,
})

export const worker: AgentId = agentIdOf(taskId, 'worker')
/** Who judges what the worker delivers. */
export const critic: AgentId = agentIdOf(taskId, 'critic')

type StepChanges = {
  needs?: readonly string[]
  from?: StepPromise['from']
  retriesMax?: number
  onIncomplete?: OnIncomplete | undefined
  onFailure?: OnFailure | undefined
  when?: string | undefined
  gate?: true | undefined
  caps?: StepCaps | undefined
  forEach?: ForEach | undefined
  repeat?: Repeat | undefined
  mode?: StepMode | undefined
  /** Steps as a plan writes them; the last one delivers. */
  subPlan?: Record<string, readonly string[] | StepChanges> | undefined
}

const stepsOf = (steps: Record<string, readonly string[] | StepChanges>): PlanStep[] =>
  Object.entries(steps).map(([name, value]): PlanStep => {
    const changes: StepChanges = 'length' in value ? { needs: value } : value
    return {
      stepId: stepIdOf(name),
      title: name.toUpperCase(),
      agentId: worker,
      instruction: refOf(`do ${name}`),
      needs: (changes.needs ?? []).map(stepIdOf),
      inputs: [],
      promise: { description: 'a text', format: 'markdown', from: changes.from ?? 'answer' },
      retriesMax: changes.retriesMax ?? 0,
      ...(changes.onIncomplete !== undefined && { onIncomplete: changes.onIncomplete }),
      ...(changes.onFailure !== undefined && { onFailure: changes.onFailure }),
      ...(changes.mode !== undefined && { mode: changes.mode }),
      ...(changes.caps !== undefined && { caps: changes.caps }),
      ...(changes.forEach !== undefined && { forEach: changes.forEach }),
      ...(changes.repeat !== undefined && { repeat: changes.repeat }),
      ...(changes.when !== undefined && { when: changes.when }),
      ...(changes.gate !== undefined && { gate: changes.gate }),
      ...(changes.subPlan !== undefined && {
        subPlan: {
          steps: stepsOf(changes.subPlan),
          resultStepId: stepIdOf(Object.keys(changes.subPlan).at(-1) ?? 'none'),
        },
      }),
    }
  })

/** A plan whose steps are written as `{ name: what it needs }`; the last one delivers the result. */
export const planOf = (
  steps: Record<string, readonly string[] | StepChanges>,
  { hash = 'hash-1', parallelMax }: { hash?: string; parallelMax?: number | undefined } = {},
): ProposedPlan => {
  const entries = stepsOf(steps)
  return {
    document: refOf(hash),
    hash,
    rationale: 'because',
    agents: [
      {
        agentId: worker,
        name: 'worker',
        prompt: refOf('work'),
        description: refOf('works'),
        tools: ['read_input', 'send_mail', 'ask_person'],
        suggestions: [],
        ...(parallelMax !== undefined && { parallelMax }),
      },
    ],
    steps: entries,
    resultStepId: entries.at(-1)?.stepId ?? stepIdOf('none'),
  }
}

export const stepPlace = (name: string, { attempt = 1, turn = 1 } = {}): CallPlace => {
  const stepId: StepId = stepIdOf(name)
  const callId = stepCallIdOf(taskId, stepId, attempt, turn)
  return { callId, purpose: 'step', stepId, role: null, attempt, turn }
}

/** Of the judge of what this turn brought. */
export const judgePlace = (name: string, { attempt = 1, turn = 1, ask = 1 } = {}): CallPlace => {
  const stepId: StepId = stepIdOf(name)
  const callId = judgeCallIdOf(taskId, { stepId, attempt, turn, ask })
  return { callId, purpose: 'observe', stepId, role: null, attempt, turn }
}

export const draftPlace = (role: DraftRole, { round = 1, turn = 1 } = {}): CallPlace => {
  const callId = draftCallIdOf(taskId, round, role, turn)
  return { callId, purpose: purposeOfRole[role], stepId: null, role, attempt: 1, turn }
}

export const toolPlace = (name: string, toolCallId = 't1', { attempt = 1, turn = 1 } = {}) => ({
  stepId: stepIdOf(name),
  attempt,
  turn,
  toolCallId: ToolCallId.parse(toolCallId),
})

/** The budget `global` had no room for a call; `until` is when its window ends. */
export const refusedUntil = (until: string | null, limit = 1_000): BudgetRefusal => ({
  code: 'BUDGET_EXHAUSTED',
  budget: {
    budgetId: 'global',
    scope: 'global',
    id: 'global',
    unit: 'nano-usd',
    action: 'ask',
    limit,
    settled: limit,
    reserved: 0,
    needed: 1,
  },
  until,
  retryAfterMs: null,
})
