import { listTools, type NewTask } from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { RequestContext } from '@maestro/service-kit/request-context'
import { toAppError } from '@maestro/service-kit/wire-error'
import { planProblems } from '@maestro/task-model/plan/check-plan'
import { invalidPlan } from '@maestro/task-model/plan/invalid-plan'

/**
 * A plan that can never start is refused while whoever wrote it listens. While the orchestrator is
 * away the item is taken, and fails with the same reason when its turn comes.
 * @throws {AppError} `PLAN_INVALID`.
 */
export const refuseBrokenPlan = async (
  call: Call,
  { plan, inputs }: NewTask,
  context: RequestContext,
): Promise<void> => {
  if (plan === null) return
  const toolNames = await readToolNames(call, context)
  if (toolNames === null) return
  const problems = planProblems(plan, { toolNames, inputNames: inputs.map(({ name }) => name) })
  if (problems.length > 0) throw invalidPlan(problems)
}

const readToolNames = async (call: Call, context: RequestContext): Promise<string[] | null> => {
  try {
    const { items } = await call(listTools, {}, context)
    return items.map(({ name }) => name)
  } catch (cause) {
    const error = toAppError(cause)
    if (error.retry) return null
    throw error
  }
}
