import { BudgetLine } from '@maestro/contracts/gateway/routes/budget-routes'
import { agentIdOf, TaskId } from '@maestro/contracts/ids'
import { nanoUsd, nanoUsdFromText, nanoUsdToText } from '@maestro/contracts/money/nano-usd'
import type { ApprovalSummary } from '@maestro/contracts/task/task-endpoints'
import { decideApproval } from '@maestro/contracts/task/task-endpoints'
import { createPatientCaller } from '@maestro/service-kit/testing/create-patient-caller'
import { expect, test } from 'vitest'
import { z } from 'zod'
import {
  createLatch,
  dataOf,
  eventually,
  type PeopleStage,
  planOf,
  refused,
} from './people-stage.ts'

const usd = (nano: number) => (nano / 1e9).toFixed(9)
const Level = z.object({ level: BudgetLine })

/** Money that runs out, and money of a task that ends. */
export const moneySuite = (stage: () => PeopleStage): void => {
  /** A task whose second step's agent may spend nothing; asks once that step wants to begin. */
  const poorTask = async (goal: string) => {
    const plan = planOf({
      a: {},
      b: { needs: ['a'], agent: 'other', gate: true },
      c: { needs: ['a', 'b'] },
    })
    const taskId = await stage().create(goal, { plan })
    const gate = await stage().asked(taskId, 'step')
    const budget = await stage().ask('POST', '/api/budgets', {
      scope: 'agent',
      id: agentIdOf(TaskId.parse(taskId), 'other'),
      limitUsd: '0.000000001',
      period: 'once',
    })
    expect(budget).toMatchObject({ status: 201 })
    const { budgetId } = Level.parse(budget.body).level
    expect(await stage().decide(gate, { decision: 'approve' })).toMatchObject({ status: 200 })
    const asked = await stage().asked(taskId, 'budget')
    expect(asked).toMatchObject({
      mayDecide: 'owner',
      budget: {
        refusal: { budget: { budgetId, scope: 'agent' } },
        droppable: [{ stepId: 'step_b' }],
        deliverable: { stepId: 'step_a' },
        choices: ['raise', 'cheaper-model', 'drop-steps', 'finish', 'stop'],
      },
    })
    return { taskId, budgetId, asked }
  }
  const levelOf = async (budgetId: string) => {
    const { level } = Level.parse((await stage().ask('GET', `/api/budgets/${budgetId}`)).body)
    if (level.unit !== 'usd') throw new Error('it is in dollars')
    return {
      limit: nanoUsdFromText(level.limitUsd),
      settled: nanoUsdFromText(level.settledUsd),
      reserved: nanoUsdFromText(level.reservedUsd),
    }
  }
  const neededOf = ({ budget }: ApprovalSummary): number => budget?.refusal?.budget?.needed ?? 0

  test.concurrent('money that has run out is raised by an owner by what is enough, and no more is spent', async () => {
    const { taskId, budgetId, asked } = await poorTask('Raise it')
    const atLeast = asked.budget?.raiseByMin ?? 0
    const raise = (raiseBy: number) =>
      stage().decide(asked, { decision: 'raise', raiseByUsd: usd(raiseBy) })
    expect(await raise(atLeast - 1)).toMatchObject(
      refused(400, 'INVALID_INPUT', { field: 'raiseBy', atLeast }),
    )
    const call = createPatientCaller({ nats: stage().nats, service: 'gateway' })
    const { approvalId, seq: expectedSeq } = asked
    const input = { approvalId, expectedSeq, decision: 'stop' as const, reason: '' }
    const byKey = call(decideApproval, input, { actor: { kind: 'api-key', id: 'key_1' } })
    await expect(byKey).rejects.toMatchObject({
      code: 'APPROVAL_NOT_YOURS',
      details: { mayDecide: 'owner' },
    })
    expect(await raise(atLeast)).toMatchObject({ status: 200 })
    await stage().until(taskId, { status: 'succeeded', steps: { step_b: { status: 'done' } } })
    const { limit, settled, reserved } = await levelOf(budgetId)
    expect(reserved).toBe(0)
    expect(settled).toBeGreaterThan(0)
    expect(settled).toBeLessThanOrEqual(limit)
    expect(await raise(atLeast)).toMatchObject(
      refused(409, 'APPROVAL_DECIDED', { decision: 'raise', decidedBy: 'owner' }),
    )
  })

  test.concurrent('a cheaper model fits where the usual one does not; a limit that helps not is asked about anew', async () => {
    const goal = 'Make do with less'
    const { taskId, budgetId, asked } = await poorTask(goal)
    const limitUsd = usd(Math.floor(neededOf(asked) * 0.75))
    expect(await stage().ask('PUT', `/api/budgets/${budgetId}`, { limitUsd })).toMatchObject({
      status: 200,
    })
    const again = await stage().asked(taskId, 'budget', asked.approvalId)
    expect(await stage().decide(asked, { decision: 'stop' })).toMatchObject(
      refused(409, 'APPROVAL_DECIDED', { status: 'withdrawn' }),
    )
    expect(await stage().decide(again, { decision: 'cheaper-model' })).toMatchObject(
      refused(400, 'INVALID_INPUT', { field: 'strategy' }),
    )
    const strategy = { models: { groq: 'openai/gpt-oss-20b' } }
    const said = await stage().decide(again, { decision: 'cheaper-model', strategy })
    expect(said).toMatchObject({ status: 200 })
    await stage().until(taskId, { status: 'succeeded' })
    expect(
      stage()
        .askedOf(goal, 'b')
        .map(({ request }) => request.model),
    ).toEqual(['openai/gpt-oss-20b'])
  })

  test.concurrent('steps are dropped, the rest goes on', async () => {
    const { taskId, asked } = await poorTask('Leave it out')
    const drop = (...stepIds: string[]) =>
      stage().decide(asked, { decision: 'drop-steps', stepIds })
    expect(await drop('step_c')).toMatchObject(
      refused(400, 'INVALID_INPUT', { field: 'stepIds', choices: ['step_b'] }),
    )
    expect(await drop('step_b')).toMatchObject({ status: 200 })
    await stage().until(taskId, {
      status: 'succeeded',
      steps: { step_b: { status: 'skipped' }, step_c: { status: 'done' } },
    })
  })

  test.concurrent('a task ends with what is there, and says that it was cut short', async () => {
    const { taskId, asked } = await poorTask('Take what there is')
    const { limit = 0, needed = 0 } = asked.budget?.refusal?.budget ?? {}
    expect(asked.budget?.message).toBe(
      `The limit of the agent “other” is $${nanoUsdToText(nanoUsd(limit))}: $0 spent, and the next call may need $${nanoUsdToText(nanoUsd(needed))}.`,
    )
    expect(await stage().decide(asked, { decision: 'finish' })).toMatchObject({ status: 200 })
    const { steps } = await stage().until(taskId, {
      status: 'succeeded',
      result: { preview: 'Done.' },
    })
    // What money cut off is told as that, and not as something that nobody needed.
    expect(steps).toMatchObject({
      step_a: { status: 'done' },
      step_b: { status: 'cut-off' },
      step_c: { status: 'cut-off' },
    })
    const [end] = dataOf(await stage().events(taskId), 'TaskSucceeded')
    expect(end).toMatchObject({ cutShort: { stepId: 'step_a' } })
  })

  test.concurrent('a task is stopped where money has run out', async () => {
    const { taskId, asked } = await poorTask('Stop there')
    const reason = 'It is not worth it'
    expect(await stage().decide(asked, { decision: 'stop', reason })).toMatchObject({ status: 200 })
    await stage().until(taskId, { status: 'cancelled' })
    const [end] = dataOf(await stage().events(taskId), 'TaskCancelled')
    expect(end?.reason).toBe(`Stopped as money had run out: ${reason}`)
  })

  test.concurrent('cancelling stops the call at its provider, and holds no money any more', async () => {
    const goal = 'Never answer'
    const never = createLatch()
    const taskId = await stage().create(
      goal,
      { plan: planOf({ a: {} }), options: { limits: { costUsd: '1' } } },
      async () => {
        await never.promise
        return undefined
      },
    )
    await eventually(() => expect(stage().askedOf(goal, 'a')).toHaveLength(1))
    const levels = async () => {
      const { body } = await stage().ask('GET', `/api/budgets?taskId=${taskId}`)
      const { items } = z.object({ items: z.array(BudgetLine) }).parse(body)
      return items.filter(({ scope }) => scope === 'task')
    }
    expect(await levels()).not.toMatchObject([{ reservedUsd: '0' }])
    const cancel = () => stage().ask('POST', `/api/tasks/${taskId}/cancel`, { reason: 'enough' })
    expect(await cancel()).toMatchObject({ status: 200 })
    await stage().until(taskId, { status: 'cancelled' })
    await eventually(async () => expect(await levels()).toMatchObject([{ reservedUsd: '0' }]))
    expect((await stage().askedOf(goal, 'a')[0]?.ended)?.aborted).toBe(true)
    // Said twice it is said once.
    expect(await cancel()).toMatchObject({ status: 200 })
    expect(dataOf(await stage().events(taskId), 'TaskCancelled')).toHaveLength(1)
    never.resolve(undefined)
  })
}
