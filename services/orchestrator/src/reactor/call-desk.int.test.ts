import { streams } from '@maestro/contracts/bus/streams'
import { CallId, type TaskId, UserId } from '@maestro/contracts/ids'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import { createLogger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { newTaskId } from '@maestro/service-kit/new-id'
import { createStreamPublisher } from '@maestro/service-kit/stream-publisher'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCallDesk } from './call-desk.ts'

let bus: PrivateNats
let nats: NatsConnection
beforeAll(async () => {
  bus = await startPrivateNats()
  nats = await connectNats(bus.env('admin'), 'test')
  await ensureStreams(nats)
})
afterAll(async () => {
  await nats?.close()
  await bus?.stop()
})

const callOf = (taskId: TaskId) => ({
  callId: CallId.parse(`call_${taskId.slice('task_'.length)}_plan`),
  taskId,
  userId: UserId.parse('usr_test'),
  stepId: null,
  agentId: null,
  purpose: 'plan' as const,
  providers: [],
  model: null,
  messages: [{ role: 'user' as const, content: [{ text: 'Hello' }] }],
  tools: [],
  outputSchema: null,
  outputTokensMax: 100,
  taskLimitNanoUsd: null,
  deadlineAt: new Date(Date.now() + 60_000).toISOString(),
})

test('a stream that takes no calls is known as long as somebody waits for one', async () => {
  const manager = await nats.jetstreamManager()
  await manager.streams.update(streams.llmWork.name, { max_msg_size: 10 })
  const stream = createStreamPublisher(nats, '_INBOX_admin')
  const log = createLogger({ service: 'orchestrator', copy: 'test', level: 'silent' })
  const desk = createCallDesk({ nats, stream, inbox: '_INBOX_admin.calls', log })
  const leaving = new AbortController()
  const asked = desk.ask(callOf(newTaskId()), 1, leaving.signal)
  await expect.poll(desk.outage).toMatchObject({ error: { code: 'UNAVAILABLE' } })
  leaving.abort()
  await expect(asked).rejects.toThrow('aborted')
  expect(desk.outage()).toBeNull()
  await desk.stop()
  stream.stop()
})
