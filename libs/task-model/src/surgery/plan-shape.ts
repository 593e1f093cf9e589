import type { StepId } from '@maestro/contracts/ids'
import type { PlanParts } from '../plan/plan-part.ts'
import type { BornTask, PlanVersion } from '../task.ts'

/** What a version of a plan says. */
export type PlanShape = PlanParts & { resultStepId: StepId }

/** The version that holds. */
export const presentVersion = ({ versions, planVersion }: BornTask): PlanVersion | undefined =>
  versions.find(({ version }) => version === planVersion)

/** The plan as it holds now: agents may have been modified since their version was proposed. */
export const presentShape = (task: BornTask, { agents, steps }: PlanVersion): PlanShape => ({
  agents: agents.map((agent) => task.agents[agent.agentId] ?? agent),
  steps,
  resultStepId: task.resultStepId ?? steps.at(-1)?.stepId ?? ('step_none' as StepId),
})
