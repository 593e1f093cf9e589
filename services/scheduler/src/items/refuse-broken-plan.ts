import { AppError } from '@maestro/contracts/errors'
import { listTools, type NewTask } from '@maestro/contracts/task/task-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { RequestContext } from '@maestro/service-kit/request-context'
import { toAppError } from '@maestro/service-kit/wire-error'
import { checkPlan } from '@maestro/task-model/plan/check-plan'

const problemsMax = 50

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
  const problems = checkPlan(plan, { toolNames, inputNames: inputs.map(({ name }) => name) })
  if (problems.length === 0) return
  throw new AppError('PLAN_INVALID', {
    problems: problems.slice(0, problemsMax),
    count: problems.length,
  })
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
