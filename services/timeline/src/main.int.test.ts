import { createServer } from 'node:http'
import { taskEventSubject } from '@maestro/contracts/bus/subjects'
import { TaskId } from '@maestro/contracts/ids'
import { searchLogs } from '@maestro/contracts/timeline/log-endpoints'
import { getTaskAt } from '@maestro/contracts/timeline/timeline-endpoints'
import { createCaller } from '@maestro/service-kit/call'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { fold } from '@maestro/task-model/fold'
import {
  createTestDatabase,
  type TestDatabase,
} from '@maestro/testkit/infrastructure/test-database'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { startServiceProcess } from '@maestro/testkit/services/start-service-process'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { asCloudEvents, testHistory } from './testing/test-history.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const received: string[] = []
const collector = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    received.push(Buffer.concat(chunks).toString('utf8'))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
})

let server: PrivateNats
let database: TestDatabase
let admin: NatsConnection

beforeAll(async () => {
  ;[server, database] = await Promise.all([startPrivateNats(), createTestDatabase()])
  admin = await connectNats(server.env('admin'), 'test')
  await ensureStreams(admin)
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  await admin?.close()
  await server?.stop()
  await database?.drop()
  collector.close()
})

test('starts as it runs in production, continues a task’s trace, and stops without losing a span', async () => {
  const address = collector.address()
  const port = typeof address === 'object' ? address?.port : 0
  const timeline = await startServiceProcess('timeline', {
    ...server.env('timeline'),
    POSTGRES_URL: database.url,
    COPY_NAME: 'timeline-1',
    LOG_LEVEL: 'info',
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
  })
  const taskId = TaskId.parse('task_traced')
  const events = testHistory(taskId, 3)
  for (const event of asCloudEvents(events)) {
    const traced = { ...event, traceparent: `00-${traceId}-b7ad6b7169203331-01` }
    await admin.jetstream().publish(taskEventSubject(taskId), JSON.stringify(traced))
  }
  const call = createCaller({ nats: admin, service: 'gateway' })
  const at = events.length
  const { state } = await vi.waitFor(() => call(getTaskAt, { taskId, at }), {
    timeout: 40_000,
    interval: 100,
  })
  expect(state).toEqual(fold(events))

  // What it says of itself comes back to it over the bus, like what all the others say.
  const anything = { level: null, task: null, agent: null, step: null, from: null, to: null }
  await expect
    .poll(
      async () => {
        const wish = { ...anything, q: 'ready', service: 'timeline', cursor: null, limit: 10 }
        return (await call(searchLogs, wish)).items.map(({ copy, message }) => [copy, message])
      },
      { timeout: 40_000 },
    )
    .toEqual([['timeline-1', 'ready']])

  await timeline.stop()
  expect(timeline.log.at(-1)).toContain('"msg":"stopped"')
  const spans = received.join('\n')
  expect(spans).toContain('timeline record events')
  expect(spans).toContain(traceId)
}, 120_000)
