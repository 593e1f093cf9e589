import type { PlanDraft } from '@maestro/contracts/task/plan-draft'
import { newTaskId } from '@maestro/service-kit/new-id'
import type { Step } from '@maestro/task-model/task'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStage, type TestStage } from '../testing/open-test-stage.ts'
import { creation, planNeeding } from '../testing/task-commands.ts'

const patient = { timeout: 45_000 }
let stage: TestStage
beforeAll(async () => {
  stage = await openTestStage()
})
afterAll(() => stage.close())

/** A step that counts, one for many and one for few, and one that writes. */
const run = async (count: string, conditions: { many?: string; few?: string } = {}) => {
  const plan = planNeeding({ count: [], many: ['count'], few: ['count'], write: ['many', 'few'] })
  const changes: Record<string, Partial<PlanDraft['steps'][number]>> = {
    count: { promise: { description: 'a count', format: 'json', from: 'answer' } },
    many: { when: conditions.many ?? 'outputs.count.total > 10' },
    few: { when: conditions.few ?? 'outputs.count.total <= 10' },
  }
  const steps = plan.steps.map((step) => ({ ...step, ...changes[step.name] }))
  stage.router.answerWith(({ callId }) => ({ text: callId.includes('_count_') ? count : 'done' }))
  const taskId = newTaskId()
  await stage.copy.commands.handle(creation(taskId, { plan: { ...plan, steps } }))
  await expect
    .poll(async () => (await stage.stateOf(taskId)).status, patient)
    .toMatch(/succeeded|failed/)
  const task = await stage.stateOf(taskId)
  const statuses = Object.values<Step>(task.steps).map(({ title, status }) => `${title} ${status}`)
  return { task, statuses }
}

test('the branch whose condition holds over a JSON output runs, and the other is skipped', async () => {
  const { task, statuses } = await run('{"total": 12}')
  expect(task.status).toBe('succeeded')
  expect(statuses).toEqual([
    'Step count done',
    'Step many done',
    'Step few skipped',
    'Step write done',
  ])
})

test('a condition that asks for what is not there fails its step, and says so', async () => {
  const { task } = await run('{"sum": 12}')
  expect(task).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining('its condition could not be evaluated: No such key: total'),
  })
})

test('a condition that would take long is broken off, and says so', async () => {
  const numbers = (count: number, add: number) =>
    Array.from({ length: count }, (_, index) => index + add)
  const count = JSON.stringify({ a: numbers(18_000, 1), b: numbers(18_000, 20_000) })
  const look = Array.from({ length: 20 }, () => 'a in outputs.count.b').join(' || ')
  const { task } = await run(count, { many: `outputs.count.a.exists(a, ${look})`, few: 'false' })
  expect(task).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining('its condition could not be evaluated: it took more than 1 s'),
  })
})

test('only the outputs that a condition reads are counted against what can be read', async () => {
  const large = JSON.stringify({ total: 1, text: 'a'.repeat(300_000) })
  const { statuses } = await run(large, {
    many: 'steps["count"] == "done"',
    few: 'steps["count"] != "done"',
  })
  expect(statuses).toEqual([
    'Step count done',
    'Step many done',
    'Step few skipped',
    'Step write done',
  ])
  const { task } = await run(large)
  expect(task).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining('262144 can be read'),
  })
})

test('and every one of these tasks comes again from its tape', async () => {
  const tapes = await stage.tapes()
  expect(tapes.filter(({ holds }) => !holds)).toEqual([])
  expect(tapes.length).toBeGreaterThan(1)
})
