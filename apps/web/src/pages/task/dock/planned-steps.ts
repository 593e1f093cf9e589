import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { Task } from '@maestro/task-model/task'

const none: readonly PlanStep[] = []

/** The steps as the plan lists them: the same list for as long as the plan holds. */
export const plannedSteps = (task: Task): readonly PlanStep[] =>
  task.status === 'unborn'
    ? none
    : (task.versions.find(({ version }) => version === task.planVersion)?.steps ?? none)
