import type { StepDraft } from '@maestro/contracts/task/plan-draft'

type Delivering = { steps: readonly StepDraft[]; result: string | null }

/** The step that delivers the result: the one that is named, or the only one that no other needs. */
export const resultOf = ({ steps, result }: Delivering): string | null => {
  if (result !== null) return result
  const sinks = sinksOf(steps)
  return sinks.length === 1 ? (sinks[0] ?? null) : null
}

/** Steps that no other needs. */
export const sinksOf = (steps: readonly StepDraft[]): string[] => {
  const needed = new Set(steps.flatMap(({ needs }) => needs))
  return steps.map(({ name }) => name).filter((name) => !needed.has(name))
}
