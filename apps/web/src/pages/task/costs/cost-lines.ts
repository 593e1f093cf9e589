import type { StepId } from '@maestro/contracts/ids'
import type { CallPurpose } from '@maestro/contracts/llm/call-work'
import type { BornTask, CallRecord, Step } from '@maestro/task-model/task'
import type { CostBy } from '../../../paths.ts'

export type CostLine = {
  readonly key: string
  readonly label: string
  /** Of a line of a step. */
  readonly stepId: StepId | null
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly costNanoUsd: number
}

/** What a call cost at one model, or all of it. */
type Share = Omit<CostLine, 'key' | 'label' | 'stepId'>
/** A call, as far as its costs go. */
export type SpentCall = Pick<CallRecord, 'purpose' | 'status' | 'facts'>
type Spent = { readonly call: SpentCall; readonly step: Step | null }

const roleNames: Record<CallPurpose, string> = {
  plan: 'Planner',
  'judge-agents': 'AgentObserver',
  'judge-plan': 'PlanObserver',
  step: 'an agent',
  observe: 'Judge',
  embed: 'Cache',
}
const operationNames: Record<CallPurpose, string> = {
  plan: 'Designing team and plan',
  'judge-agents': 'Judging the team',
  'judge-plan': 'Judging the plan',
  step: 'Work of steps',
  observe: 'Judging results',
  embed: 'Finding like requests',
}

const everyStep = (task: BornTask): readonly Step[] => Object.values<Step>(task.steps)

const spentOf = (task: BornTask): readonly Spent[] => [
  ...task.drafting.calls.map((call) => ({ call, step: null })),
  ...everyStep(task).flatMap((step) => step.calls.map((call) => ({ call, step }))),
]

const wholeCall = ({ status, facts }: SpentCall): Share => ({
  calls: status === 'running' ? 0 : 1,
  inputTokens: facts?.usage.inputTokens ?? 0,
  outputTokens: facts?.usage.outputTokens ?? 0,
  costNanoUsd: facts?.costNanoUsd ?? 0,
})

const nothing: Share = { calls: 0, inputTokens: 0, outputTokens: 0, costNanoUsd: 0 }

type Named = { key: string; label: string; stepId?: StepId; share: Share }

const namesBy: Record<CostBy, (spent: Spent, task: BornTask) => readonly Named[]> = {
  step: ({ call, step }) => [
    step === null
      ? { key: 'drafting', label: 'Drafting', share: wholeCall(call) }
      : { key: step.stepId, label: step.title, stepId: step.stepId, share: wholeCall(call) },
  ],
  agent: ({ call, step }, task) => {
    const name =
      call.purpose === 'step' && step !== null
        ? (task.agents[step.agentId]?.name ?? step.agentId)
        : roleNames[call.purpose]
    return [{ key: name, label: name, share: wholeCall(call) }]
  },
  operation: ({ call }) => [
    { key: call.purpose, label: operationNames[call.purpose], share: wholeCall(call) },
  ],
  model: ({ call }) => byModel(call),
}

const nameOfModel = (provider: string | null, model: string | null) =>
  provider === null ? 'Nobody' : `${provider}/${model ?? 'unknown'}`

/** A call that fell back cost something at more than one model; its tokens are those of the answer. */
const byModel = (call: SpentCall): readonly Named[] => {
  const { facts } = call
  if (facts === null) return []
  const tried = facts.attempts.filter(({ outcome }) => outcome !== 'skipped')
  const failed = tried.filter(({ outcome }) => outcome !== 'answered')
  const atOthers = failed.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0)
  const answered = tried.find(({ outcome }) => outcome === 'answered')
  const whole = wholeCall(call)
  const answer = { ...whole, costNanoUsd: whole.costNanoUsd - atOthers }
  const isAnswered = answered !== undefined || failed.length === 0 || answer.costNanoUsd > 0
  return [
    ...failed.map(({ provider, model, costNanoUsd }) => ({
      name: nameOfModel(provider, model),
      share: { ...nothing, calls: 1, costNanoUsd },
    })),
    ...(isAnswered
      ? [
          {
            name: nameOfModel(answered?.provider ?? facts.provider, answered?.model ?? facts.model),
            share: answer,
          },
        ]
      : []),
  ].map(({ name, share }) => ({ key: name, label: name, share }))
}

/**
 * What the task has cost, told apart: the dearest first. The lines add up to its total.
 * `spent`: what its calls were; left out, as the state has them.
 */
export const costLines = (
  task: BornTask,
  by: CostBy,
  spent: readonly Spent[] = spentOf(task),
): readonly CostLine[] => {
  const lines = new Map<string, CostLine>()
  if (by === 'step')
    for (const { stepId, title } of task.order.flatMap((id) => task.steps[id] ?? []))
      lines.set(stepId, { ...nothing, key: stepId, label: title, stepId })
  for (const one of spent)
    for (const { key, label, stepId = null, share } of namesBy[by](one, task)) {
      const line = lines.get(key) ?? { ...nothing, key, label, stepId }
      lines.set(key, add(line, share))
    }
  const told = [...lines.values()].reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0)
  const rest = task.totals.costNanoUsd - told
  if (rest > 0)
    lines.set('rest', {
      ...nothing,
      key: 'rest',
      label: 'Told of no single one',
      stepId: null,
      costNanoUsd: rest,
    })
  return [...lines.values()].toSorted((one, other) => other.costNanoUsd - one.costNanoUsd)
}

const add = (line: CostLine, share: Share): CostLine => ({
  ...line,
  calls: line.calls + share.calls,
  inputTokens: line.inputTokens + share.inputTokens,
  outputTokens: line.outputTokens + share.outputTokens,
  costNanoUsd: line.costNanoUsd + share.costNanoUsd,
})
