import { estimateTask } from '@maestro/contracts/budget/estimate-endpoints'
import { plannedWorkOf } from '@maestro/contracts/budget/planned-work-of'
import { AppError } from '@maestro/contracts/errors'
import type { StepId, TaskId } from '@maestro/contracts/ids'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { RerunPreview } from '@maestro/contracts/task/steering-endpoints'
import type { Call } from '@maestro/service-kit/call'
import { allowedNow, allowedWith } from '@maestro/task-model/control/allowed-now'
import { partsBelow } from '@maestro/task-model/expansion/parts-below'
import type { Reopening } from '@maestro/task-model/expansion/reopening'
import { subPlanOf } from '@maestro/task-model/expansion/sub-plan-of'
import { mustBeOwn } from '@maestro/task-model/import/must-be-own'
import { refuseNow } from '@maestro/task-model/steering/refuse-now'
import { rerunOf } from '@maestro/task-model/steering/rerun-of'
import type { BornTask, Step } from '@maestro/task-model/task'
import type { TaskCache } from '../command/task-cache.ts'

/** What a rerun would reset and cost. Nothing is changed by looking. */
export const createPreviewRerun =
  ({ cache, call }: { cache: TaskCache; call: Call }) =>
  async ({ taskId, stepId }: { taskId: TaskId; stepId: StepId }): Promise<RerunPreview> => {
    // Another copy may have gone on since we last looked.
    const task = (await cache.refresh([taskId])).get(taskId)
    if (!task || task.status === 'unborn') throw new AppError('NOT_FOUND', { kind: 'task', taskId })
    mustBeOwn(task)
    if (task.stage === 'ended')
      throw new AppError('TASK_ENDED', { status: task.status, allowed: allowedNow(task) })
    const asked = task.steps[stepId]
    if (!asked) throw new AppError('NOT_FOUND', { kind: 'step', stepId })
    const { steps, reopened, refusal } = rerunOf(task, stepId)
    const why = task.stage === 'execution' ? refusal : 'the plan does not run yet'
    if (why !== null) refuseNow(why, allowedWith(task, asked), { stepId })
    const expected = await expectationsOf(task, steps, call)
    const lines = steps.map((step) => {
      // What it became is given up with it.
      const parts = partsBelow(task, step.stepId)
      return {
        stepId: step.stepId,
        title: step.title,
        status: step.status,
        attempt: step.attempt,
        isRunning: [step, ...parts].some(({ phase }) => phase !== null),
        spentNanoUsd: sumOf([step, ...parts].map(({ costNanoUsd }) => costNanoUsd)),
        ...(parts.length > 0 && { parts: parts.length }),
        expectedNanoUsd:
          expected === null ? perAttempt(step, parts) : (expected.lines.get(step.stepId) ?? null),
      }
    })
    const isKnown = lines.every(({ expectedNanoUsd }) => expectedNanoUsd !== null)
    return {
      seq: task.seq,
      planVersion: task.planVersion ?? 1,
      steps: lines,
      ...(reopened.length > 0 && { reopened: reopened.map(reopeningOf) }),
      spentNanoUsd: sumOf(lines.map(({ spentNanoUsd }) => spentNanoUsd)),
      expectedNanoUsd: isKnown
        ? sumOf(lines.map(({ expectedNanoUsd }) => expectedNanoUsd ?? nanoUsd(0)))
        : null,
      worstNanoUsd: expected?.worstNanoUsd ?? null,
      basis: expected === null ? 'own-cost' : 'estimate',
    }
  }

const reopeningOf = ({ step: { stepId, title, expansion }, kept }: Reopening) => ({
  stepId,
  title,
  leftBehind: (expansion?.stepIds.length ?? 0) - kept,
})

const sumOf = (amounts: readonly number[]) => nanoUsd(amounts.reduce((sum, one) => sum + one, 0))

/** What one attempt of it cost so far, as far as there was one. */
const perAttempt = (step: Step, parts: readonly Step[]) => {
  if (step.attempt === 0) return null
  const spent = sumOf([step, ...parts].map(({ costNanoUsd }) => costNanoUsd))
  return nanoUsd(Math.ceil(spent / step.attempt))
}

/** Null: budget cannot say, or knows no work of the kind; then their own cost has to do. */
const expectationsOf = async (task: BornTask, steps: readonly Step[], call: Call) => {
  const agents = Object.values<PlanAgent>(task.agents)
  try {
    const { lines, total } = await call(estimateTask, {
      userId: task.createdBy,
      options: task.options,
      plan: plannedWorkOf({
        agents,
        // What a step became finds its plan at that step.
        steps: steps.map((step) => ({ ...step, subPlan: subPlanOf(task, step) })),
      }),
    })
    const own = lines.filter(({ of }) => of === 'step')
    if (own.some(({ basis }) => basis === 'bounds' || basis === 'nothing')) return null
    return {
      lines: new Map(own.map(({ step, expectedNanoUsd }) => [step, expectedNanoUsd])),
      worstNanoUsd: total.worstNanoUsd,
    }
  } catch (error) {
    // A price that is not known now must not keep anybody from looking.
    if (error instanceof AppError) return null
    throw error
  }
}
