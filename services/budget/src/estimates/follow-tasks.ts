import { plannedWorkOf } from '@maestro/contracts/budget/planned-work-of'
import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AppError } from '@maestro/contracts/errors'
import { type CallId, type TaskId, UserId } from '@maestro/contracts/ids'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { HeadlineType } from '@maestro/contracts/task/headlines'
import { getTask } from '@maestro/contracts/task/task-endpoints'
import { PlanAgent } from '@maestro/contracts/task/plan-agent'
import { PlanStep } from '@maestro/contracts/task/plan-step'
import { TaskImport } from '@maestro/contracts/task/task-import'
import { TaskOptions } from '@maestro/contracts/task/task-options'
import type { Call } from '@maestro/service-kit/call'
import type { Sql } from '@maestro/service-kit/database'
import type { Logger } from '@maestro/service-kit/logger'
import { z } from 'zod'
import { writeRefusedAnswers } from '../suggestions/refused-answer-rows.ts'
import { closeEstimates, endEstimates, writeEstimate } from './estimate-rows.ts'
import type { EstimateTask } from './estimate-task.ts'

/** An estimate is made before the work: what stood long ago, and is heard of late, has none. */
const planAgeMsMax = 10 * 60_000

/** Plans that are estimated at the same time: each asks two services, and mostly waits for them. */
const plansAtOnceMax = 16

/** What of a folded task its price depends on. */
const PricedTask = z.object({
  createdBy: UserId,
  imported: TaskImport.optional(),
  options: TaskOptions,
  versions: z.array(
    z.object({ version: z.int(), agents: z.array(PlanAgent), steps: z.array(PlanStep) }),
  ),
})

const ends = ['TaskSucceeded', 'TaskFailed', 'TaskCancelled'] as const
const endTypes: readonly string[] = ends
/** The few of a task's many events that say something here. */
export const followedTypes: readonly HeadlineType[] = [...ends, 'AnswerRefused', 'PlanConverged']

/**
 * Handles events of tasks: a plan that stands is estimated, before anybody approves it; a task that
 * ends says how far that was off, and an answer that could not be used is remembered. Idempotent: an estimate of
 * the same version is written once.
 */
export const followTasks = ({
  sql,
  call,
  estimate,
  now,
  log,
}: {
  sql: Sql
  call: Call
  estimate: EstimateTask
  now: () => Date
  log: Logger
}) => {
  const onPlan = async (taskId: TaskId, version: number): Promise<void> => {
    const { state } = await call(getTask, { taskId })
    const { createdBy, options, versions, imported } = PricedTask.parse(state)
    // What another Maestro did costs nothing here, and says nothing of what will.
    if (imported !== undefined) return
    const plan = versions.find((one) => one.version === version)
    if (plan === undefined) return
    const made = await estimate({ userId: createdBy, options, plan: plannedWorkOf(plan) })
    await writeEstimate(sql, taskId, version, made, now())
  }

  const estimateAll = async (plans: readonly { taskId: TaskId; version: number }[]) => {
    const queue = plans.values()
    const estimateNext = async () => {
      // All take from the same queue.
      for (const { taskId, version } of queue) {
        try {
          await onPlan(taskId, version)
        } catch (error) {
          if (error instanceof AppError && error.retry) throw error
          // A task without a price tag runs all the same; the next ones must not wait for it.
          log.error({ err: error, taskId }, 'a plan could not be estimated')
        }
      }
    }
    const all = await Promise.allSettled(Array.from({ length: plansAtOnceMax }, estimateNext))
    const outage = all.find((one) => one.status === 'rejected')
    if (outage) throw outage.reason
  }

  return async (events: readonly CloudEvent[]): Promise<void> => {
    const ended: { taskId: string; at: string }[] = []
    const refused: { callId: CallId; at: string }[] = []
    const plans: { taskId: TaskId; version: number }[] = []
    for (const event of events) {
      const fact = fromCloudEvent(event)
      if (fact === null) continue
      if (endTypes.includes(fact.type)) ended.push({ taskId: fact.taskId, at: fact.at })
      if (fact.type === 'AnswerRefused') refused.push({ callId: fact.data.callId, at: fact.at })
      if (fact.type !== 'PlanConverged') continue
      if (now().getTime() - Date.parse(fact.at) > planAgeMsMax) continue
      plans.push({ taskId: fact.taskId, version: fact.data.version })
    }
    await estimateAll(plans)
    if (refused.length > 0) await writeRefusedAnswers(sql, refused)
    if (ended.length > 0) {
      await endEstimates(sql, ended)
      await closeEstimates(sql)
    }
  }
}
