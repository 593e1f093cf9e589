import { createHash } from 'node:crypto'
import { AppError } from '@maestro/contracts/errors'
import type { NewTask } from '@maestro/contracts/task/task-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import { payloadOf } from '@maestro/service-kit/payload'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import type { RequestContext } from '@maestro/service-kit/request-context'
import { checkPlan } from '@maestro/task-model/plan/check-plan'
import { titleOf } from '@maestro/task-model/title-of'
import { planFromDraft } from '../plan/plan-from-draft.ts'
import type { CommandHandler } from './command-handler.ts'

/** More than anybody mends at once. */
const problemsMax = 50

export type CreateTask = (
  input: NewTask,
  context: RequestContext,
) => Promise<{ taskId: NewTask['taskId']; seq: number }>

/** Starts a task, once per task id. @throws {AppError} `PLAN_INVALID`, `IDEMPOTENCY_CONFLICT`, `NOT_FOUND` for an input that was not uploaded. */
export const createCreateTask = ({
  sql,
  commands,
  payloads,
  toolNames,
}: {
  sql: Sql
  commands: CommandHandler
  payloads: PayloadStore
  toolNames: readonly string[]
}): CreateTask => {
  /** @throws {AppError} `IDEMPOTENCY_CONFLICT` when the id stands for something else. */
  const find = async (taskId: NewTask['taskId'], requestHash: string) => {
    const [known] = await sql<{ head: number; requestHash: string }[]>`
      select head, request_hash as "requestHash" from tasks where task_id = ${taskId}`
    if (!known) return null
    if (known.requestHash !== requestHash) throw new AppError('IDEMPOTENCY_CONFLICT', { taskId })
    return { taskId, seq: known.head }
  }

  return async (input, { actor }) => {
    const { taskId, goal, inputs, options, plan } = input
    const requestHash = createHash('sha256').update(JSON.stringify(input)).digest('hex')
    const known = await find(taskId, requestHash)
    if (known) return known
    mustHaveOwnNames(inputs)
    if (plan !== null) {
      const world = { toolNames, inputNames: inputs.map(({ name }) => name) }
      const problems = checkPlan(plan, world)
      if (problems.length > 0) {
        const [count, first] = [problems.length, problems.slice(0, problemsMax)]
        throw new AppError('PLAN_INVALID', { problems: first, count })
      }
    }
    await payloads.keepAll(inputs.map(({ content }) => content))
    const goalPayload = payloadOf('orchestrator', goal, 'text/markdown')
    const proposed = plan === null ? null : planFromDraft(taskId, plan, '')
    try {
      const task = await commands.handle({
        taskId,
        command: {
          type: 'CreateTask',
          at: new Date().toISOString(),
          actor,
          taskId,
          title: titleOf(goal),
          goal: goalPayload.ref,
          inputs,
          options,
          plan: proposed?.plan ?? null,
        },
        payloads: [goalPayload, ...(proposed?.payloads ?? [])],
        birth: { goal, requestHash },
      })
      return { taskId, seq: task.seq }
    } catch (error) {
      // Its twin was faster.
      const twin =
        error instanceof AppError && error.code === 'IDEMPOTENCY_CONFLICT'
          ? await find(taskId, requestHash)
          : null
      if (twin) return twin
      throw error
    }
  }
}

/** Plans and tools know an input by its name alone. */
const mustHaveOwnNames = (inputs: NewTask['inputs']): void => {
  const names = inputs.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new AppError('INVALID_INPUT', {
      input: twice,
      reason: 'two inputs have this name; give each its own',
    })
  }
}
