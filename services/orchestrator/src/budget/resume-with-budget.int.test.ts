import type { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import { defaultAlertPercents, globalBudgetId } from '@maestro/contracts/budget/budget'
import { getBudget, putBudget } from '@maestro/contracts/budget/limit-endpoints'
import { anyBudgetEventSubject } from '@maestro/contracts/bus/subjects'
import type { TaskId } from '@maestro/contracts/ids'
import type { CallReply, CallWork } from '@maestro/contracts/llm/call-work'
import { type Call, createCaller } from '@maestro/service-kit/call'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { consumeEvents } from '@maestro/service-kit/consume-events'
import { createLogger } from '@maestro/service-kit/logger'
import { newTaskId } from '@maestro/service-kit/new-id'
import { refusedUntil } from '@maestro/task-model/testing/task-fixtures'
import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { startServiceProcess } from '@maestro/testkit/services/start-service-process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestReactor } from '../testing/open-test-reactor.ts'
import { openTestStore, type TestStore } from '../testing/open-test-store.ts'
import { noFacts, type RouterPeer, startRouterPeer } from '../testing/router-peer.ts'
import { creation, planNeeding } from '../testing/task-commands.ts'
import { resumeWithBudget } from './resume-with-budget.ts'
import { createTasksWithoutMoney } from './tasks-without-money.ts'

const patient = { timeout: 45_000 }
const tenUsd = 10_000_000_000

let bus: PrivateNats
let store: TestStore
let router: RouterPeer
let call: Call
let copy: ReturnType<TestStore['openCopy']>
const closing: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  bus = await startPrivateNats()
  closing.push(bus.stop)
  const database = await createTestDatabase()
  closing.push(database.drop)
  const budget = await startServiceProcess('budget', {
    ...bus.env('budget'),
    POSTGRES_URL: database.url,
    COPY_NAME: 'budget-1',
    LOG_LEVEL: 'info',
  })
  closing.push(budget.stop)
  store = await openTestStore()
  closing.push(store.close)
  const nats = await connectNats(bus.env('admin'), 'test')
  closing.push(() => nats.close())
  call = createCaller({ nats, service: 'gateway' })
  router = await startRouterPeer(nats)
  closing.push(router.stop)
  copy = store.openCopy('one')
  const reactor = await openTestReactor(copy, bus)
  closing.push(reactor.stop)
  const consumer = await consumeEvents({
    nats,
    log: createLogger({ service: 'orchestrator', copy: 'test', level: 'silent' }),
    durable: 'orchestrator-budgets',
    filterSubject: anyBudgetEventSubject,
    handle: resumeWithBudget({
      waiting: createTasksWithoutMoney({ sql: copy.sql }),
      commands: copy.commands,
    }),
  })
  closing.push(consumer.stop)
})
afterAll(async () => {
  for (const close of closing.toReversed()) await close()
})

const refuse = ({ callId }: CallWork, refusal: BudgetRefusal): { reply: CallReply } => ({
  reply: {
    outcome: 'failed',
    callId,
    failure: { class: 'budget', message: 'The money is used up.', refusal },
    facts: noFacts,
  },
})

/** A task whose first call is refused like this, and whose later ones are answered. */
const startRefused = async (refusal: BudgetRefusal): Promise<TaskId> => {
  const taskId = newTaskId()
  let refused = false
  router.answerWith((work) => {
    if (work.taskId !== taskId || refused) return { text: 'done' }
    refused = true
    return refuse(work, refusal)
  })
  await copy.commands.handle(creation(taskId, { plan: planNeeding({ a: [] }) }))
  return taskId
}
const stateOf = async (taskId: TaskId) => (await copy.cache.refresh([taskId])).get(taskId)
const becomes = (taskId: TaskId, status: string) =>
  expect.poll(async () => (await stateOf(taskId))?.status, patient).toBe(status)

const setLimit = (limit: number) =>
  call(putBudget, {
    budgetId: globalBudgetId,
    scope: 'global',
    id: 'global',
    unit: 'nano-usd',
    period: 'monthly',
    timeZone: 'UTC',
    limit,
    action: 'ask',
    alertPercents: [...defaultAlertPercents],
  })

test('a task that was refused goes on by itself when the limit is raised, and keeps why it waited', async () => {
  const taskId = await startRefused(refusedUntil(null, tenUsd))
  await becomes(taskId, 'paused')
  expect(await stateOf(taskId)).toMatchObject({
    pause: { reason: 'budget', refusal: { code: 'BUDGET_EXHAUSTED', budget: { limit: tenUsd } } },
  })
  await setLimit(2 * tenUsd)
  await becomes(taskId, 'succeeded')
  await setLimit(tenUsd)
})

test('a limit that was raised while it was refused is found without another change', async () => {
  const taskId = await startRefused(refusedUntil(null, tenUsd - 1))
  await becomes(taskId, 'succeeded')
})

test('a person who wants the limit raised has it raised at budget, and the task goes on', async () => {
  const taskId = await startRefused(refusedUntil(null, tenUsd))
  await becomes(taskId, 'paused')
  const task = await stateOf(taskId)
  const question = task?.status === 'unborn' ? undefined : task?.pause?.approvalId
  if (question === undefined) throw new Error('nobody was asked')
  await copy.commands.handle({
    taskId,
    command: {
      type: 'DecideApproval',
      approvalId: question,
      decision: 'raise',
      reason: '',
      guidance: null,
      budget: { raiseBy: tenUsd },
      at: new Date().toISOString(),
      actor: { kind: 'person', id: 'ada' },
    },
  })
  await becomes(taskId, 'succeeded')
  const { level } = await call(getBudget, { budgetId: globalBudgetId })
  expect(level.limit).toBe(2 * tenUsd)
  await setLimit(tenUsd)
})

test('goes on when the window ends', async () => {
  const until = new Date(Date.now() + 1_500).toISOString()
  const taskId = await startRefused(refusedUntil(until, tenUsd))
  await becomes(taskId, 'succeeded')
  const resumed = (await copy.events.read(taskId, 0, 100)).find(
    ({ type }) => type === 'TaskResumed',
  )
  expect(resumed?.at !== undefined && resumed.at >= until).toBe(true)
})
