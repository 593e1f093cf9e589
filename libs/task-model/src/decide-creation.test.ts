import { expect, test } from 'vitest'
import { after, create, createWith, pause } from './testing/task-command-fixtures.ts'
import {
  converged,
  draftingStarted,
  fact,
  planAsked,
  queued,
  started,
  taskStarted,
} from './testing/task-fact-fixtures.ts'
import { ada, bornAt, optionsWith, planOf, refOf, taskId } from './testing/task-fixtures.ts'
import { fold } from './fold.ts'
import { given } from './testing/task-spec.ts'

const born = (planGiven: boolean, options = optionsWith()) =>
  fact('TaskCreated', {
    title: 'Rain',
    goal: refOf('Which months were the wettest?'),
    inputs: [],
    options,
    planGiven,
  })

test('a task without a plan starts by asking the Planner for one', () =>
  given().when(create()).yields(born(false), draftingStarted(1)))

test('a task with a plan skips drafting and starts what needs nothing', () => {
  const plan = planOf({ a: [], b: [], c: ['a', 'b'] })
  return given()
    .when(create({ plan }))
    .yields(
      born(true),
      fact('PlanProposed', {
        version: 1,
        hash: 'hash-1',
        author: 'person',
        callId: null,
        part: 1,
        parts: 1,
        document: plan.document,
        rationale: 'because',
        agents: [...plan.agents],
        steps: [...plan.steps],
        resultStepId: plan.resultStepId,
      }),
      converged(1, 'given'),
      taskStarted(),
      started('a'),
      started('b'),
    )
})

test('a given plan is shown to a person first when the task asks for approval', () => {
  const events = after(createWith({ a: [] }, { autonomy: 'approve-plan' }))
  expect(events.map(({ type }) => type)).toEqual([
    'TaskCreated',
    'PlanProposed',
    'PlanConverged',
    'ApprovalRequested',
  ])
  expect(events.at(-1)?.data).toEqual(planAsked(1, '1 step', 0).data)
  expect(fold(events).status).toBe('awaiting-approval')
})

test('steps beyond the parallel limit are queued from the first moment on', () => {
  const events = after(createWith({ a: [], b: [], c: [] }, { limits: { stepsParallelMax: 2 } }))
  expect(events.slice(-3).map(({ type, data }) => ({ type, data }))).toEqual([
    started('a'),
    started('b'),
    queued('c'),
  ])
})

test('creating the same task again changes nothing', () =>
  given(...after(create()))
    .when(create())
    .yields())

test('nothing else can happen before a task is created', () =>
  given().when(pause()).rejects('NOT_FOUND'))

test('events are numbered from 1 without gaps and carry the time and the actor of their command', () => {
  const events = after(createWith({ a: [], b: ['a'] }))
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  for (const event of events) expect(event).toMatchObject({ taskId, at: bornAt, actor: ada })
})
