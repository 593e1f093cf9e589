import { startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectNats } from './connect-nats.ts'
import { ensureStreams } from './ensure-streams.ts'
import { createStreamPublisher, type StreamPublisher } from './stream-publisher.ts'

let bus: Awaited<ReturnType<typeof startPrivateNats>>
let nats: Awaited<ReturnType<typeof connectNats>>
let publisher: StreamPublisher

beforeAll(async () => {
  bus = await startPrivateNats()
  nats = await connectNats(bus.env('admin'), 'test')
  await ensureStreams(nats)
  publisher = createStreamPublisher(nats, '_INBOX_admin')
})
afterAll(async () => {
  publisher.stop()
  await nats.close()
  await bus.stop()
})

const publish = (messageId: string, lastSubjectSequence?: number) =>
  publisher.publish({
    subject: 'maestro.event.task.task_a',
    data: '{}',
    messageId,
    ...(lastSubjectSequence === undefined ? {} : { lastSubjectSequence }),
  })

test('a message is acknowledged with its place, and the same id is taken once', async () => {
  const first = await publish('task_a:1', 0)
  expect(first.duplicate).toBe(false)
  expect(await publish('task_a:1')).toEqual({ streamSeq: first.streamSeq, duplicate: true })
  const second = await publish('task_a:2', first.streamSeq)
  expect(second.streamSeq).toBeGreaterThan(first.streamSeq)
})

test('a message whose predecessor is not the last one of its subject is refused', async () => {
  await expect(publish('task_a:9', 1)).rejects.toMatchObject({ code: 'VERSION_CONFLICT' })
})

test('a subject that no stream takes is said so at once', async () => {
  await expect(
    publisher.publish({ subject: 'nobody.listens', data: '{}', messageId: 'x' }),
  ).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})

test('a thousand at once all get their own acknowledgement', async () => {
  const places = await Promise.all(
    Array.from({ length: 1_000 }, (_, index) =>
      publisher.publish({
        subject: `maestro.event.task.task_${index}`,
        data: '{}',
        messageId: `many:${index}`,
        lastSubjectSequence: 0,
      }),
    ),
  )
  expect(new Set(places.map(({ streamSeq }) => streamSeq)).size).toBe(1_000)
})

test('a server that is gone is an outage, not a promise that never ends', async () => {
  await bus.kill9()
  await expect(publish('task_a:lost')).rejects.toMatchObject({ retry: true })
  await bus.restart()
  await expect
    .poll(
      () =>
        publish('task_a:back').then(
          () => true,
          () => false,
        ),
      { timeout: 20_000 },
    )
    .toBe(true)
})
