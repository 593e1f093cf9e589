import { estimateTask } from '@maestro/contracts/budget/estimate-endpoints'
import { plannedWorkOf } from '@maestro/contracts/budget/planned-work-of'
import { AppError } from '@maestro/contracts/errors'
import { StepId, type TaskId } from '@maestro/contracts/ids'
import { type PlanPrice, pricePlan } from '@maestro/contracts/task/plan-price-endpoints'
import type { Call } from '@maestro/service-kit/call'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { TaskCache } from '../command/task-cache.ts'

/** The same goal as one step of one agent, which nobody had to design. */
const oneAgentWork = {
  agents: [{ name: 'agent' }],
  steps: [{ step: StepId.parse('step_goal'), agent: 'agent', retriesMax: 1 }],
}

/** A team is worth its price or it is not: both are told side by side. Nothing is changed by looking. */
export const pricePlanEndpoint = ({
  cache,
  call,
}: {
  cache: TaskCache
  call: Call
}): Implementation => {
  const price = async ({
    taskId,
    version,
  }: {
    taskId: TaskId
    version: number
  }): Promise<PlanPrice> => {
    // Another copy may have taken the version in.
    const task = (await cache.refresh([taskId])).get(taskId)
    if (!task || task.status === 'unborn') throw new AppError('NOT_FOUND', { kind: 'task', taskId })
    const plan = task.versions.find((one) => one.version === version && one.complete)
    if (!plan) throw new AppError('NOT_FOUND', { kind: 'plan version', taskId, version })
    const work = plannedWorkOf(plan)
    const asked = { userId: task.createdBy, options: task.options }
    const [team, one] = await Promise.all([
      call(estimateTask, { ...asked, plan: work }),
      call(estimateTask, { ...asked, plan: oneAgentWork }),
    ])
    const [oneLine] = one.lines
    return {
      version,
      steps: team.lines.flatMap((line, index) => {
        const step = plan.steps[index]
        if (step === undefined) return []
        const { basis, samples, expectedNanoUsd, worstNanoUsd } = line
        const timesMax = work.steps[index]?.timesMax ?? 1
        return [{ stepId: step.stepId, basis, samples, expectedNanoUsd, worstNanoUsd, timesMax }]
      }),
      team: team.total,
      oneAgent: {
        ...one.total,
        basis: oneLine?.basis ?? 'nothing',
        samples: oneLine?.samples ?? 0,
      },
    }
  }
  return implement(pricePlan, price)
}
