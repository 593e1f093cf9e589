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

type Draft = PlanDraft['steps'][number]
const json = { description: 'JSON', format: 'json', from: 'answer' } as const

/** Each step answers what `says` has for its id without task and kind, as in `b_i2_r1`. */
const run = async (
  steps: Record<string, readonly string[]>,
  changes: Record<string, Partial<Draft>>,
  says: (place: string) => string,
) => {
  const plan = planNeeding(steps)
  const changed = plan.steps.map((step) => ({ ...step, ...changes[step.name] }))
  stage.router.answerWith(({ stepId }) => ({ text: says((stepId ?? '').slice('step_'.length)) }))
  const taskId = newTaskId()
  await stage.copy.commands.handle(creation(taskId, { plan: { ...plan, steps: changed } }))
  await expect
    .poll(async () => (await stage.stateOf(taskId)).status, patient)
    .toMatch(/succeeded|failed/)
  const task = await stage.stateOf(taskId)
  const statuses = Object.values<Step>(task.steps).map(
    ({ stepId, status }) => `${stepId} ${status}`,
  )
  return {
    taskId,
    task,
    statuses,
    asked: stage.router.asked.filter((work) => work.taskId === taskId),
  }
}

test('a step runs for each of five items, and what needs it reads their outputs as one list in order', async () => {
  const { task, asked } = await run(
    { list: [], each: ['list'], write: ['each'] },
    {
      list: { promise: json },
      each: { forEach: { list: 'outputs.list.names', parallelMax: 2, itemsMax: 10 } },
      write: { when: 'outputs.each.size() == 5 && outputs.each[4] == "wrote each_i5"' },
    },
    (place) => (place === 'list' ? '{"names": ["a", "b", "c", "d", {"n": 5}]}' : `wrote ${place}`),
  )
  expect(task).toMatchObject({ status: 'succeeded', result: { preview: 'wrote write' } })
  const items = asked.flatMap(
    ({ messages }) => JSON.stringify(messages).match(/<item[^>]*>/g) ?? [],
  )
  expect(items).toHaveLength(5)
  expect(items).toContain('<item number=\\"5\\" of=\\"5\\">')
})

test('a step is repeated while its condition holds over what the round delivered', async () => {
  const { task, statuses, asked } = await run(
    { draft: [] },
    { draft: { promise: json, repeat: { while: 'output.open > 0', timesMax: 9 } } },
    (place) => `{"open": ${3 - Number(place.at(-1))}}`,
  )
  expect(task).toMatchObject({ status: 'succeeded', result: { preview: '{"open": 0}' } })
  expect(statuses).toEqual([
    'step_draft done',
    'step_draft_r1 done',
    'step_draft_r2 done',
    'step_draft_r3 done',
  ])
  expect(JSON.stringify(asked.at(-1)?.messages)).toContain('<previous-round round=\\"2\\">')
})

test('an empty list is an empty output, and what is no list fails its step', async () => {
  const forEach = { list: 'outputs.list.names', parallelMax: 2, itemsMax: 10 }
  const steps = { list: [], each: ['list'] }
  const changes = { list: { promise: json }, each: { forEach } }
  const empty = await run(steps, changes, () => '{"names": []}')
  expect(empty.task).toMatchObject({ status: 'succeeded', result: { preview: '[]' } })
  const none = await run(steps, changes, () => '{"names": 3}')
  expect(none.task).toMatchObject({
    status: 'failed',
    failure: expect.stringContaining('its list could not be gone through: it is no list'),
  })
})

test('and every one of these tasks comes again from its tape', async () => {
  const tapes = await stage.tapes()
  expect(tapes.filter(({ holds }) => !holds)).toEqual([])
  expect(tapes.length).toBeGreaterThan(1)
})
