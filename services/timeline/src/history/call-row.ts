import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { AttemptFacts, CallFacts } from '@maestro/contracts/llm/call-facts'
import type { CallPurpose } from '@maestro/contracts/llm/call-work'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { placeOfStep } from '@maestro/task-model/plan/place-of-step'

export type CallRow = {
  taskId: string
  seq: number
  atMs: number
  /** The step's place in its plan, which knows whose it is. */
  step: string | null
  /** Who was asked that is no agent of the plan. */
  role: string | null
  provider: string | null
  model: string | null
  outcome: 'answered' | 'failed'
  reused: boolean
  lost: number
  retries: number
  fallbacks: number
  inputTokens: number
  outputTokens: number
  costNanoUsd: number
  latencyMs: number
}

const roles: Readonly<Partial<Record<CallPurpose, string>>> = {
  plan: 'planner',
  'judge-agents': 'agent-observer',
  'judge-plan': 'plan-observer',
  observe: 'execution-observer',
}

/** How often the same model was asked again, and how often another one instead. */
export const againOf = (
  attempts: readonly Pick<AttemptFacts, 'provider' | 'model' | 'outcome'>[],
): { retries: number; fallbacks: number } => {
  const asked = attempts.filter(({ outcome }) => outcome !== 'skipped')
  let retries = 0
  for (const [index, { provider, model }] of asked.entries()) {
    const before = asked[index - 1]
    if (before?.provider === provider && before.model === model) retries += 1
  }
  return { retries, fallbacks: Math.max(asked.length - 1, 0) - retries }
}

const figuresOf = ({ provider, model, usage, costNanoUsd, latencyMs, ...facts }: CallFacts) => {
  // Of a call that failed, the one that was asked last stands for it.
  const last = facts.attempts.findLast(({ outcome }) => outcome !== 'skipped')
  return {
    provider: provider ?? last?.provider ?? null,
    model: model ?? last?.model ?? null,
    reused: facts.cached !== undefined,
    lost: facts.attempts.filter(({ outcome }) => outcome === 'lost').length,
    ...againOf(facts.attempts),
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    costNanoUsd,
    latencyMs,
  }
}

const parse = (event: CloudEvent): TaskEvent | null => {
  if (!/^maestro\.Call(Finished|Failed)$/.test(event.type)) return null
  try {
    return fromCloudEvent(event)
  } catch {
    // Written by a version that says it differently: it is kept as it is, and counted nowhere.
    return null
  }
}

/** The figures of an event that tells how a call ended; null for every other event. Attempts that were lost are told there as well. */
export const callRowOf = (cloudEvent: CloudEvent): CallRow | null => {
  const event = parse(cloudEvent)
  if (event?.type !== 'CallFinished' && event?.type !== 'CallFailed') return null
  const { stepId, purpose, facts } = event.data
  return {
    taskId: event.taskId,
    seq: event.seq,
    atMs: Date.parse(event.at),
    step: stepId === null ? null : placeOfStep(stepId),
    role: roles[purpose] ?? null,
    outcome: event.type === 'CallFinished' ? 'answered' : 'failed',
    ...figuresOf(facts),
  }
}
