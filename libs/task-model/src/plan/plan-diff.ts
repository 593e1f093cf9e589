import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { PlanParts } from './plan-part.ts'

export type PartChange<Part> =
  | { kind: 'added'; part: Part }
  | { kind: 'removed'; part: Part }
  | { kind: 'changed'; part: Part; before: Part; fields: readonly string[] }

export type PlanDiff = {
  agents: readonly PartChange<PlanAgent>[]
  steps: readonly PartChange<PlanStep>[]
}

/** What a version changes in the one before it. Texts are the same when their hash is. */
export const planDiff = (before: PlanParts, after: PlanParts): PlanDiff => ({
  agents: changes(before.agents, after.agents, ({ agentId }) => agentId),
  steps: changes(before.steps, after.steps, ({ stepId }) => stepId),
})

/** The fields in which two parts differ, by name. */
export const diffOf = (before: object, after: object): readonly string[] => {
  const [one, other] = [new Map(Object.entries(before)), new Map(Object.entries(after))]
  return [...new Set([...one.keys(), ...other.keys()])].filter(
    (field) => textOf(one.get(field)) !== textOf(other.get(field)),
  )
}

const changes = <Part extends object>(
  before: readonly Part[],
  after: readonly Part[],
  idOf: (part: Part) => string,
): PartChange<Part>[] => {
  const earlier = new Map(before.map((part) => [idOf(part), part]))
  const later = new Set(after.map(idOf))
  return [
    ...after.flatMap((part): PartChange<Part>[] => {
      const old = earlier.get(idOf(part))
      if (old === undefined) return [{ kind: 'added', part }]
      const fields = diffOf(old, part)
      return fields.length === 0 ? [] : [{ kind: 'changed', part, before: old, fields }]
    }),
    ...before
      .filter((part) => !later.has(idOf(part)))
      .map((part): PartChange<Part> => ({ kind: 'removed', part })),
  ]
}

/** The same text for the same value, in whatever order its keys were written. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : part,
  ) ?? ''
