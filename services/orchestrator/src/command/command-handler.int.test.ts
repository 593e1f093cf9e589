import { setTimeout as delay } from 'node:timers/promises'
import { newTaskId } from '@maestro/service-kit/new-id'
import { isOutage } from '@maestro/service-kit/wire-error'
import { fold } from '@maestro/task-model/fold'
import { startCutProxy } from '@maestro/testkit/infrastructure/cut-proxy'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStore, type TestCopy, type TestStore } from '../testing/open-test-store.ts'
import {
  approval,
  cancellation,
  control,
  creation,
  planNeeding,
  stepAnswer,
  stepPlaceOf,
} from '../testing/task-commands.ts'

let store: TestStore
let here: TestCopy
let there: TestCopy
beforeAll(async () => {
  store = await openTestStore()
  here = store.openCopy('here')
  there = store.openCopy('there')
})
afterAll(() => store.close())

/** Of this test alone; the service has no such lock. */
const pauseLock = 4_711

const effectIds = async (taskId: string) => {
  const rows = await here.sql<{ id: string }[]>`
    select effect_id as id from effects where task_id = ${taskId} order by effect_id`
  return rows.map(({ id }) => id)
}

test('a command that the rules or the database refuse fails alone, whatever it arrived with', async () => {
  const [good, poison, alsoGood] = [newTaskId(), newTaskId(), newTaskId()]
  const refused = creation(poison)
  const outcomes = await Promise.allSettled([
    here.commands.handle(creation(good)),
    here.commands.handle(control(newTaskId(), 'PauseTask')),
    // Postgres takes no NUL in a text: a defect of ours, found only when it is written.
    here.commands.handle({ ...refused, birth: { goal: 'Do it', requestHash: 'a\0b' } }),
    here.commands.handle(creation(alsoGood)),
  ])
  expect(outcomes.map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
  ])
  expect(outcomes[1]).toMatchObject({ reason: { code: 'NOT_FOUND' } })
  expect(await here.events.head(good)).toBe(await here.events.head(alsoGood))
  expect(await here.events.head(poison)).toBe(0)
})

test('what another copy wrote is known before a command is refused', async () => {
  const taskId = newTaskId()
  await here.commands.handle(creation(taskId))
  const { seq } = await there.commands.handle(control(taskId, 'PauseTask'))
  // This copy still believes that the task runs.
  const resumed = await here.commands.handle(control(taskId, 'ResumeTask', seq))
  expect(resumed).toMatchObject({ status: 'running', seq: seq + 1 })
  // And the other one that it is paused, for which there would be nothing to do.
  const paused = await there.commands.handle(control(taskId, 'PauseTask'))
  expect(paused).toMatchObject({ status: 'paused', seq: seq + 2 })
  await expect(here.commands.handle(control(taskId, 'ResumeTask', seq))).rejects.toMatchObject({
    code: 'SEQ_CONFLICT',
    details: { seq: seq + 2 },
  })
})

test('whoever answers second, for a position that is over, reads who was first and when', async () => {
  const taskId = newTaskId()
  const plan = planNeeding({ a: [] })
  const { seq } = await here.commands.handle(
    creation(taskId, { plan, options: { autonomy: 'approve-plan' } }),
  )
  const asked = { ...approval(taskId, 'plan-v1'), expectedSeq: seq }
  await here.commands.handle(asked)
  await expect(there.commands.handle(asked)).rejects.toMatchObject({
    code: 'APPROVAL_DECIDED',
    details: { status: 'approved', decidedBy: 'ada', decidedAt: expect.any(String) },
  })
})

test('copies that answer the same steps at the same time write each answer once, densely', async () => {
  const names = Array.from({ length: 16 }, (_, index) => `s${index}`)
  const needs = Object.fromEntries(names.map((name) => [name, []]))
  const taskId = newTaskId()
  const plan = planNeeding({ ...needs, end: names })
  await here.commands.handle(
    creation(taskId, { plan, options: { limits: { stepsParallelMax: 64 } } }),
  )
  await Promise.all(
    [here, there].flatMap((copy) =>
      names.map((name) => copy.commands.handle(stepAnswer(taskId, name))),
    ),
  )
  const [state] = [...(await here.cache.refresh([taskId])).values()]
  const events = await here.events.read(taskId, 0, 1_000)
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
  expect(events.filter(({ type }) => type === 'StepFinished')).toHaveLength(names.length)
  expect(JSON.stringify(fold(events))).toBe(JSON.stringify(state))
  expect(await effectIds(taskId)).toEqual([
    `call:${stepPlaceOf(taskId, 'end').callId}`,
    'check-duration',
  ])
})

test('one key carries a command out once, belongs to its actor, and takes no other command', async () => {
  const taskId = newTaskId()
  await here.commands.handle(creation(taskId))
  const pause = { ...control(taskId, 'PauseTask'), key: 'k' }
  const twins = await Promise.all([
    here.oncePerKey.handle(pause),
    there.oncePerKey.handle(pause),
    here.oncePerKey.handle(pause),
  ])
  await here.commands.handle(control(taskId, 'ResumeTask'))
  const late = await there.oncePerKey.handle(pause)
  expect(new Set([...twins, late].map(({ seq }) => seq)).size).toBe(1)
  const events = await here.events.read(taskId, 0, 100)
  expect(events.filter(({ type }) => type === 'TaskPaused')).toHaveLength(1)

  await expect(here.oncePerKey.handle({ ...cancellation(taskId), key: 'k' })).rejects.toMatchObject(
    { code: 'IDEMPOTENCY_CONFLICT' },
  )
  const { command } = control(taskId, 'PauseTask')
  const bob = { ...command, actor: { kind: 'person' as const, id: 'bob' } }
  const { seq } = await here.oncePerKey.handle({ taskId, command: bob, key: 'k' })
  expect(seq).toBeGreaterThan(late.seq)
})

test('a plan of a thousand steps is proposed in parts, none of them too large for an event', async () => {
  const taskId = newTaskId()
  const names = Array.from({ length: 1_000 }, (_, index) => `step-${index}`)
  const needs = names.map((name, index) => [name, names.slice(Math.max(0, index - 20), index)])
  const plan = planNeeding(Object.fromEntries(needs))
  const state = await here.commands.handle(creation(taskId, { plan }))
  expect(state.order).toHaveLength(1_000)
  const events = await here.events.read(taskId, 0, 1_000)
  const sizes = events.map(({ data }) => Buffer.byteLength(JSON.stringify(data)))
  expect(events.filter(({ type }) => type === 'PlanProposed').length).toBeGreaterThan(5)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(64 * 1024)
  // Another copy reads the same plan from the parts.
  const read = (await there.cache.load([taskId])).get(taskId)
  expect(JSON.stringify(read)).toBe(JSON.stringify(state))
})

test('every approval is listed, also when more happened to its task in the same commit', async () => {
  const taskId = newTaskId()
  const plan = planNeeding({ a: [], b: [], c: ['a', 'b'] })
  await here.commands.handle(creation(taskId, { plan, options: { autonomy: 'approve-steps' } }))
  await Promise.all([
    here.commands.handle(approval(taskId, 'plan-v1')),
    here.commands.handle(control(taskId, 'PauseTask')),
  ])
  const open = await here.lists.approvals({ status: 'open', limit: 200 })
  const own = open.filter((row) => row.taskId === taskId)
  expect(new Set(own.map(({ stepId }) => stepId))).toEqual(new Set(['step_a', 'step_b']))
  await here.commands.handle(cancellation(taskId))
  const all = await here.lists.approvals({ status: 'all', limit: 200 })
  const statuses = all.filter((row) => row.taskId === taskId).map(({ status }) => status)
  expect(statuses.toSorted()).toEqual(['approved', 'withdrawn', 'withdrawn'])
})

test('the end of a task leaves its calls in flight and the order to stop them, and nothing else', async () => {
  const taskId = newTaskId()
  const plan = planNeeding({ a: [], b: [], c: ['a', 'b'] })
  await here.commands.handle(creation(taskId, { plan }))
  // Together in one commit: the answer closes an effect, the end closes the rest and asks for one.
  await Promise.all([
    here.commands.handle(stepAnswer(taskId, 'a')),
    here.commands.handle(cancellation(taskId)),
  ])
  expect(await effectIds(taskId)).toEqual([
    `call:${stepPlaceOf(taskId, 'b').callId}`,
    'cancel-calls',
  ])
})

test('a commit whose answer is lost is doubted, and the same command again does nothing twice', async () => {
  const proxy = await startCutProxy(store.url)
  const cut = store.openCopy('cut', { url: proxy.url })
  const taskId = newTaskId()
  const { seq: head } = await cut.commands.handle(creation(taskId))
  // The commit of a pause takes its time, as on a busy disk: until we let go of this lock, and the connection is lost by then.
  const holder = await here.sql.reserve()
  await holder`select pg_advisory_lock(${pauseLock})`
  await here.sql.unsafe(`
    create function slow() returns trigger language plpgsql set lock_timeout = 0 as
      $$ begin perform pg_advisory_xact_lock(${pauseLock}); return null; end $$;
    create constraint trigger slow_pause after insert on task_events
      deferrable initially deferred for each row
      when (new.task_id = '${taskId}' and new.seq > ${head}) execute function slow()`)
  const lost = cut.commands.handle(control(taskId, 'PauseTask'))
  await expect
    .poll(
      () => here.sql`
        select 1 from pg_stat_activity
        where datname = current_database() and wait_event = 'advisory'
          and query like '%insert into task_events%'`,
      { interval: 20 },
    )
    .toHaveLength(1)
  await proxy.cut()
  const error = await lost.catch((cause: unknown) => cause)
  expect(isOutage(error)).toBe(true)
  expect(cut.doubts).toHaveLength(1)
  await holder`select pg_advisory_unlock(${pauseLock})`
  holder.release()

  await proxy.mend()
  await expect.poll(() => here.events.head(taskId)).toBeGreaterThan(head)
  await here.sql.unsafe('drop trigger slow_pause on task_events; drop function slow()')
  let again = await cut.commands.handle(control(taskId, 'PauseTask')).catch(() => null)
  while (again === null) {
    await delay(50)
    again = await cut.commands.handle(control(taskId, 'PauseTask')).catch(() => null)
  }
  expect(again).toMatchObject({ status: 'paused' })
  const events = await here.events.read(taskId, 0, 100)
  expect(events.filter(({ type }) => type === 'TaskPaused')).toHaveLength(1)
  await proxy.close()
})

test('a task with an event of a newer version is refused, and holds up no other', async () => {
  const [newer, other] = [newTaskId(), newTaskId()]
  await there.commands.handle(creation(newer))
  await there.commands.handle(creation(other))
  const head = await there.events.head(newer)
  await here.sql`
    insert into task_events (task_id, seq, type, at, actor, data)
    values (${newer}, ${head + 1}, 'TaskTeleported', now(), 'person:ada', '{}')`
  const [refused, taken] = await Promise.allSettled([
    here.commands.handle(control(newer, 'PauseTask')),
    here.commands.handle(control(other, 'PauseTask')),
  ])
  expect(refused).toMatchObject({ reason: { message: expect.stringContaining('TaskTeleported') } })
  expect(taken.status).toBe('fulfilled')
  // Whoever only reads events gets it as it is.
  const events = await here.events.read(newer, head, 10)
  expect(events).toMatchObject([{ type: 'TaskTeleported', seq: head + 1 }])
})
