import { PlanDraft } from '@maestro/contracts/task/plan-draft'

/** The plan with the locked parts as they stood in the one before; a locked part that is gone comes back. */
export const keepLocked = (
  plan: PlanDraft,
  before: string,
  locked: readonly string[],
): PlanDraft => {
  if (locked.length === 0) return plan
  const earlier = PlanDraft.parse(JSON.parse(before))
  const kept = <Part extends { name: string }>(
    kind: string,
    parts: readonly Part[],
    earlierParts: readonly Part[],
  ): Part[] => {
    const stays = earlierParts.filter(({ name }) => locked.includes(`${kind}:${name}`))
    const byName = new Map(stays.map((part) => [part.name, part]))
    const names = new Set(parts.map(({ name }) => name))
    return [
      ...parts.map((part) => byName.get(part.name) ?? part),
      ...stays.filter(({ name }) => !names.has(name)),
    ]
  }
  return {
    ...plan,
    agents: kept('agent', plan.agents, earlier.agents),
    steps: kept('step', plan.steps, earlier.steps),
  }
}
