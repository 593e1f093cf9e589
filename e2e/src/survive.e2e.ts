import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { fold } from '@maestro/task-model/fold'
import { startTestSystem, type TestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import {
  type ProviderEmulator,
  startProviderEmulator,
} from '@maestro/testkit/providers/start-provider-emulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { busHistory } from '@maestro/service-kit/testing/bus-history'
import { diamondTask } from './diamond-plan.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'
import { keyOf, toolUsingModel } from '@maestro/testkit/providers/tool-using-model'

const tasksCount = 12

let groq: ProviderEmulator
let system: TestSystem
let client: HttpClient

beforeAll(async () => {
  const answer = toolUsingModel({ pieceDelayMs: 60 })
  groq = await startProviderEmulator({ provider: 'groq', script: { answer } })
  system = await startTestSystem({
    workers: 2,
    env: { GROQ_API_KEY: 'gsk_test', GROQ_BASE_URL: groq.url },
  })
  client = createHttpClient(system)
})
afterAll(async () => {
  await system.stop()
  await groq.close()
})

/** Resolves once the model has been asked `count` times in all: something is certainly in flight. */
const askedAtLeast = (count: number) =>
  expect
    .poll(() => groq.requests.length, { timeout: 60_000, interval: 20 })
    .toBeGreaterThanOrEqual(count)

test('tasks end right through kill -9 of the orchestrator, of a router worker and of NATS', async () => {
  const goals = Array.from({ length: tasksCount }, (_, index) => `Goal number ${index}`)
  const created = await Promise.all(
    goals.map((goal) => client.createTask(diamondTask(goal, ['groq']))),
  )

  await askedAtLeast(6)
  await system.kill('orchestrator-1')
  await system.untilReady('orchestrator-1')
  await askedAtLeast(24)
  await system.kill('llm-router-1')
  await system.untilReady('llm-router-1')
  await askedAtLeast(48)
  await system.kill('nats')
  await system.untilReady('nats')

  const ended = await Promise.all(created.map(({ taskId }) => client.ended(taskId)))
  expect(ended.map(({ state }) => [state.status, state['failure']])).toEqual(
    goals.map(() => ['succeeded', null]),
  )

  // No answered call is made again: the model was asked once a turn, and once more only where an attempt is booked as lost.
  const asked = Map.groupBy(groq.requests, ({ request }) =>
    request ? keyOf(request) : 'malformed',
  )
  const attempts = new Map<string, number>()
  let lost = 0
  for (const [index, { taskId }] of created.entries()) {
    for (const event of (await client.allEvents(taskId)).flatMap(
      (own) => fromCloudEvent(own) ?? [],
    )) {
      if (event.type === 'CallLost') lost += 1
      if (event.type !== 'CallFinished') continue
      expect(event.data.attempt).toBe(1)
      const title = `The ${event.data.stepId?.slice('step_'.length)} step`
      const sent = event.data.facts.attempts.filter(({ outcome }) => outcome !== 'skipped')
      attempts.set(`${goals[index]} | ${title} | ${event.data.turn}`, sent.length)
    }
  }
  expect(attempts.size).toBe(tasksCount * 4 * 2)
  const askedTooOften = [...asked].filter(
    ([key, requests]) => requests.length > (attempts.get(key) ?? 0),
  )
  expect(askedTooOften.map(([key]) => key)).toEqual([])
  // Only what the killed worker had in flight can be lost.
  expect(lost).toBeLessThanOrEqual(tasksCount * 2)
})

test('no event is lost, doubled or out of order, on the bus or in the store, and every fold agrees', async () => {
  const { items } = (await client.ask('/api/tasks?limit=200')) as { items: { taskId: string }[] }
  expect(items.length).toBeGreaterThanOrEqual(tasksCount)
  const nats = await connectNats(system.natsEnv('admin'), 'survive')
  for (const { taskId } of items) {
    const { seq, state } = await client.task(taskId)
    const dense = Array.from({ length: seq }, (_, index) => index + 1)
    const stored = await client.allEvents(taskId)
    expect(stored.map((event) => event.seq)).toEqual(dense)
    await expect
      .poll(async () => (await busHistory(nats, taskId)).map((event) => event.seq), {
        timeout: 20_000,
      })
      .toEqual(dense)
    const folded = fold(stored.flatMap((event) => fromCloudEvent(event) ?? []))
    expect(JSON.stringify(folded)).toBe(JSON.stringify(state))
    expect(await client.stateAt(taskId, seq)).toEqual({ seq, state })
  }
  await nats.close()
})
