import { stepIdOf } from '@maestro/contracts/ids'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { PlanStep } from '@maestro/contracts/task/plan-step'

export type PlanParts = { agents: readonly PlanAgent[]; steps: readonly PlanStep[] }

/** An agent or a step by its name: `agent:<name>`, `step:<name>`. Null when the plan has none of it. */
export const planPart = (
  { agents, steps }: PlanParts,
  part: string,
): PlanAgent | PlanStep | null => {
  const name = part.slice(part.indexOf(':') + 1)
  const found = part.startsWith('agent:')
    ? agents.find((agent) => agent.name === name)
    : steps.find(({ stepId }) => part.startsWith('step:') && stepId === stepIdOf(name))
  return found ?? null
}
