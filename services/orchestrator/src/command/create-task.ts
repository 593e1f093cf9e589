import { AppError } from '@maestro/contracts/errors'
import type { JsonSchema } from '@maestro/contracts/llm/chat'
import type { NewTask } from '@maestro/contracts/task/task-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import { payloadOf } from '@maestro/service-kit/payload'
import type { PayloadStore } from '@maestro/service-kit/payload-store'
import type { RequestContext } from '@maestro/service-kit/request-context'
import { limitsOf } from '@maestro/task-model/limits/limits-of'
import { planProblems } from '@maestro/task-model/plan/check-plan'
import { invalidPlan } from '@maestro/task-model/plan/invalid-plan'
import { titleOf } from '@maestro/task-model/title-of'
import { misfitOf } from '../answer/misfit-of.ts'
import { planFromDraft } from '../plan/plan-from-draft.ts'
import type { CommandHandler } from './command-handler.ts'
import { sha256Of } from '../sha256-of.ts'

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
    const requestHash = sha256Of(JSON.stringify(input))
    const known = await find(taskId, requestHash)
    if (known) return known
    mustHaveOwnNames(inputs)
    if (plan !== null) {
      const inputNames = inputs.map(({ name }) => name)
      const world = { toolNames, inputNames, ...limitsOf({ options }) }
      const problems = planProblems(plan, world)
      if (problems.length > 0) throw invalidPlan(problems)
    }
    await payloads.keepAll(inputs.map(({ content }) => content))
    if (plan?.inputSchemas !== undefined) await mustFit(inputs, plan.inputSchemas, payloads)
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

/** A larger one is worked on by tools, and not looked through here. */
const checkedBytesMax = 1024 * 1024

/** @throws {AppError} `INVALID_INPUT` for the first input that is not what the plan wants. */
const mustFit = async (
  inputs: NewTask['inputs'],
  schemas: Readonly<Record<string, JsonSchema>>,
  payloads: PayloadStore,
): Promise<void> => {
  for (const { name, content } of inputs) {
    const schema = schemas[name]
    if (schema === undefined) continue
    const reason =
      content.bytes > checkedBytesMax
        ? `it has ${content.bytes} bytes; of what a schema is checked against there may be ${checkedBytesMax}`
        : misfitOfText(await payloads.readText(content.sha256), schema)
    if (reason !== null) throw new AppError('INVALID_INPUT', { input: name, reason })
  }
}

const misfitOfText = (text: string, schema: JsonSchema): string | null => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return `the plan wants JSON of a schema, and this is none (${why})`
  }
  return misfitOf(value, schema)
}
