import { startTestSystem, type TestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { diamondTask } from './diamond-plan.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'

let system: TestSystem
let client: HttpClient

beforeAll(async () => {
  system = await startTestSystem({ env: { REHEARSAL_CHUNK_DELAY_MS: '0' } })
  client = createHttpClient(system)
})
afterAll(() => system.stop())

test('a hundred tasks submitted at once all end', async () => {
  const created = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      client.createTask(diamondTask(`Goal number ${index}`, ['rehearsal']), `key-${index}`),
    ),
  )
  expect(new Set(created.map(({ taskId }) => taskId)).size).toBe(100)
  const ended = await Promise.all(created.map(({ taskId }) => client.ended(taskId)))
  expect(ended.map(({ state }) => state.status)).toEqual(created.map(() => 'succeeded'))
})

test('a hundred goals without a plan are drafted, run and end', async () => {
  const created = await Promise.all(
    Array.from({ length: 100 }, (_, index) =>
      client.createTask({
        goal: `Describe file number ${index}`,
        inputs: [{ name: 'data.csv', mediaType: 'text/csv', text: `a,b\n1,${index}\n3,4\n` }],
      }),
    ),
  )
  const ended = await Promise.all(created.map(({ taskId }) => client.ended(taskId)))
  expect(ended.map(({ state }) => state.status)).toEqual(created.map(() => 'succeeded'))
})
