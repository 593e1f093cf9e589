import type { Usage } from '@maestro/contracts/money/cost-of'
import { noUsage } from '@maestro/contracts/money/cost-of'
import type { CallRecord, Step } from '@maestro/task-model/task'

type Figures = { readonly usage: Usage; readonly costNanoUsd: number }

export type CallCost = Figures & {
  readonly kind: 'call'
  readonly key: string
  readonly label: string
  readonly model: string | null
  /** What an answer that was taken from another call would have cost. */
  readonly savedNanoUsd: number
  /** Attempts at models beyond the first one, and what those that did not answer cost. */
  readonly hops: number
  readonly lostNanoUsd: number
}
export type CostGroup = Figures & {
  readonly kind: 'group'
  readonly key: string
  readonly label: string
  readonly calls: number
}

const add = (one: Usage, other: Usage): Usage => ({
  inputTokens: one.inputTokens + other.inputTokens,
  cachedInputTokens: one.cachedInputTokens + other.cachedInputTokens,
  outputTokens: one.outputTokens + other.outputTokens,
  reasoningTokens: one.reasoningTokens + other.reasoningTokens,
})

const callCost = ({ callId, purpose, turn, facts, status }: CallRecord): CallCost => {
  const tried = facts?.attempts.filter(({ outcome }) => outcome !== 'skipped') ?? []
  return {
    kind: 'call',
    key: callId,
    label: `${purpose === 'observe' ? 'After turn' : 'Turn'} ${turn}${status === 'running' ? ', asked now' : ''}`,
    model: facts?.provider ? `${facts.provider}/${facts.model ?? '?'}` : null,
    usage: facts?.usage ?? noUsage,
    costNanoUsd: facts?.costNanoUsd ?? 0,
    savedNanoUsd: facts?.cached?.savedNanoUsd ?? 0,
    hops: Math.max(0, tried.length - 1),
    lostNanoUsd: tried
      .filter(({ outcome }) => outcome !== 'answered')
      .reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0),
  }
}

const group = (key: string, label: string, calls: readonly CallCost[]): CostGroup => ({
  kind: 'group',
  key,
  label,
  calls: calls.length,
  usage: calls.reduce((sum, { usage }) => add(sum, usage), noUsage),
  costNanoUsd: calls.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0),
})

/** Each attempt of a step with its calls, the newest first; then what nobody can be told to have cost, and its judge. All but the judge adds up to the step. */
export const callCosts = ({
  calls,
  costNanoUsd,
}: Pick<Step, 'calls' | 'costNanoUsd'>): readonly (CostGroup | CallCost)[] => {
  const own = calls.filter(({ purpose }) => purpose === 'step')
  const judges = calls.filter(({ purpose }) => purpose === 'observe').map(callCost)
  const attempts = [...new Set(own.map(({ attempt }) => attempt))].toSorted(
    (one, other) => other - one,
  )
  const rows = attempts.flatMap((attempt) => {
    const lines = own.filter((call) => call.attempt === attempt).map(callCost)
    return [group(`attempt ${attempt}`, `Attempt ${attempt}`, lines), ...lines]
  })
  const told = own.reduce((sum, { facts }) => sum + (facts?.costNanoUsd ?? 0), 0)
  const rest = costNanoUsd - told
  return [
    ...rows,
    ...(rest > 0 ? [{ ...group('rest', 'Told of no single call', []), costNanoUsd: rest }] : []),
    ...(judges.length > 0
      ? [group('judge', 'Its judge, counted beside it', judges), ...judges]
      : []),
  ]
}
