import { streams } from '@maestro/contracts/bus/streams'
import { LogBatch } from '@maestro/contracts/log/log-batch'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectNats } from './connect-nats.ts'
import { ensureStreams } from './ensure-streams.ts'
import { createLogShipping } from './log-shipping.ts'
import { createLogger } from './logger.ts'
import type { NatsConnection } from './nats.ts'

const stdout = createLogger({ service: 'budget', copy: 'b-1', level: 'silent' })
let bus: PrivateNats
let admin: NatsConnection
beforeAll(async () => {
  bus = await startPrivateNats()
  admin = await connectNats(bus.env('admin'), 'test')
  await ensureStreams(admin)
})
afterAll(async () => {
  await admin?.close()
  await bus?.stop()
})

/** Every batch that the stream holds. */
const kept = async (): Promise<readonly LogBatch[]> => {
  const manager = await admin.jetstreamManager()
  const { state } = await manager.streams.info(streams.logs.name)
  const batches: LogBatch[] = []
  for (let seq = state.first_seq; seq <= state.last_seq; seq += 1) {
    const message = await manager.streams.getMessage(streams.logs.name, { seq })
    batches.push(LogBatch.parse(message.json()))
  }
  return batches
}
const heldOf = async (subject: string): Promise<number> => {
  const manager = await admin.jetstreamManager()
  const { state } = await manager.streams.info(streams.logs.name, { subjects_filter: subject })
  return state.subjects?.[subject] ?? 0
}
const saidBy = async (service: string) =>
  (await kept()).filter((batch) => batch.service === service).flatMap(({ lines }) => lines)
const messagesOf = async (service: string) => (await saidBy(service)).map(({ msg }) => msg)

test('what is said from level info on is kept with its fields, secrets masked, and few messages carry much', async () => {
  const shipping = createLogShipping({ service: 'budget', copy: 'b-1' })
  const log = createLogger({
    service: 'budget',
    copy: 'b-1',
    level: 'debug',
    collect: shipping.add,
  })
  log.debug('nobody collects this')
  log.warn({ taskId: 'task_1', apiKey: 'sk-secret', err: new Error('broke') }, 'it failed')
  const nats = await connectNats(bus.env('budget'), 'budget')
  shipping.start(nats, stdout)
  const line = JSON.stringify({ level: 30, time: new Date().toISOString(), msg: 'a line' })
  for (let count = 0; count < 500; count += 1) shipping.add(line)
  await shipping.stop()

  const lines = await saidBy('budget')
  expect(lines).toHaveLength(501)
  expect(lines[0]).toMatchObject({
    level: 40,
    service: 'budget',
    taskId: 'task_1',
    apiKey: '[masked]',
    err: { message: 'broke' },
    msg: 'it failed',
  })
  const batches = (await kept()).filter(({ service }) => service === 'budget')
  expect(batches.length).toBeLessThan(5)
  expect(batches.map(({ first }) => first)[0]).toBe(0)
  await nats.close()
})

test('while the bus is away lines wait within a bound, and what is lost beyond it is told', async () => {
  const shipping = createLogShipping({ service: 'scheduler', copy: 's-1' })
  const nats = await connectNats(bus.env('scheduler'), 'scheduler')
  shipping.start(nats, stdout)
  const say = (msg: string, text = '') =>
    shipping.add(JSON.stringify({ level: 30, time: new Date().toISOString(), text, msg }))
  say('before')
  await expect.poll(() => messagesOf('scheduler'), { timeout: 20_000 }).toEqual(['before'])
  await bus.kill9()
  for (let line = 0; line < 1_500; line += 1) say('away', 'x'.repeat(1_000))
  await bus.restart()
  await expect
    .poll(() => messagesOf('scheduler').catch(() => []), { timeout: 60_000, interval: 500 })
    .toContain('lines of this log were lost on their way to the collected logs')
  const lines = await saidBy('scheduler')
  const told = lines.find(({ msg }) => msg?.startsWith('lines of this log were lost'))
  expect(lines.filter(({ msg }) => msg === 'away').length + Number(told?.['lines'])).toBe(1_500)
  await nats.close()
}, 120_000)

test('a service may publish its own log and nobody else’s', async () => {
  const nats = await connectNats(bus.env('timeline'), 'timeline')
  const ack = await nats.jetstream().publish('maestro.log.timeline', '{}')
  expect(ack.stream).toBe('LOGS')
  const before = await heldOf('maestro.log.budget')
  await expect(
    nats.jetstream().publish('maestro.log.budget', '{}', { timeout: 500 }),
  ).rejects.toBeDefined()
  await nats.flush()
  expect(await heldOf('maestro.log.budget')).toBe(before)
  await nats.close()
})
