import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { streams } from '@maestro/contracts/bus/streams'
import { AppError } from '@maestro/contracts/errors'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { connectNats } from './connect-nats.ts'
import { consumeEvents } from './consume-events.ts'
import { ensureStreams } from './ensure-streams.ts'
import { createLogger } from './logger.ts'
import type { NatsConnection } from './nats.ts'

const log = createLogger({ service: 'timeline', copy: 'test', level: 'silent' })
let bus: PrivateNats
let nats: NatsConnection
let tests = 0
const closing: (() => Promise<void>)[] = []
beforeAll(async () => {
  bus = await startPrivateNats()
  nats = await connectNats(bus.env('admin'), 'test')
  await ensureStreams(nats)
})
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
afterAll(async () => {
  await nats.close()
  await bus.stop()
})

/** A subject and a consumer of one test alone. */
const open = () => {
  tests += 1
  const subject = `maestro.event.system.test${tests}`
  const durable = `test${tests}`
  const publish = (from: number, to = from, type = 'maestro.Tested') =>
    Promise.all(
      Array.from({ length: to - from + 1 }, (_, index) => {
        const seq = from + index
        const event: CloudEvent = {
          specversion: '1.0',
          id: `${durable}:${seq}`,
          source: '/maestro/test',
          type,
          subject: durable,
          time: '2026-01-01T00:00:00.000Z',
          datacontenttype: 'application/json',
          data: {},
          seq,
        }
        return nats.jetstream().publish(subject, JSON.stringify(event))
      }),
    )
  const consume = async (
    handle: (events: readonly CloudEvent[]) => Promise<void>,
    types?: readonly string[],
  ) => {
    const consumer = await consumeEvents({
      nats,
      log,
      durable,
      filterSubject: subject,
      ...(types === undefined ? {} : { types }),
      handle,
    })
    closing.push(consumer.stop)
    return consumer
  }
  return { subject, durable, publish, consume }
}

const upTo = (to: number) => Array.from({ length: to }, (_, index) => index + 1)
const unconfirmed = async (durable: string) => {
  const manager = await nats.jetstreamManager()
  const info = await manager.consumers.info(streams.events.name, durable)
  return info.num_ack_pending + info.num_pending
}
/** What was under way when a server died comes again when its time to be confirmed is over, after half a minute. */
const afterCrash = { timeout: 60_000 }

test('events come in their order, in groups, and what was confirmed does not come again', async () => {
  const { publish, consume, durable } = open()
  const seen: number[] = []
  const groups: number[] = []
  await publish(1, 300)
  const first = await consume(async (events) => {
    groups.push(events.length)
    seen.push(...events.map(({ seq }) => seq))
  })
  await expect.poll(() => seen.length).toBe(300)
  expect(groups.length).toBeLessThan(300)
  await expect.poll(() => unconfirmed(durable)).toBe(0)
  await first.stop()
  await publish(301, 310)
  await consume(async (events) => void seen.push(...events.map(({ seq }) => seq)))
  await expect.poll(() => seen).toEqual(upTo(310))
})

test('a message that is no event is passed over', async () => {
  const { subject, publish, consume, durable } = open()
  const seen: number[] = []
  await publish(1)
  for (const poison of ['no JSON', '{}', 'null']) await nats.jetstream().publish(subject, poison)
  await publish(2)
  await consume(async (events) => void seen.push(...events.map(({ seq }) => seq)))
  await expect.poll(() => seen).toEqual([1, 2])
  await expect.poll(() => unconfirmed(durable)).toBe(0)
})

test('whoever names types hears of these alone, and the others do not come again', async () => {
  const { publish, consume, durable } = open()
  const seen: number[] = []
  await publish(1, 3)
  await publish(4, 4, 'maestro.Tried')
  await publish(5)
  await consume(async (events) => void seen.push(...events.map(({ seq }) => seq)), ['Tried'])
  await expect.poll(() => unconfirmed(durable)).toBe(0)
  expect(seen).toEqual([4])
})

test('what arrives during an outage waits for its end in order', async () => {
  const { publish, consume } = open()
  const seen: number[] = []
  let isAway = true
  await consume(async (events) => {
    if (isAway) throw new AppError('UNAVAILABLE')
    seen.push(...events.map(({ seq }) => seq))
  })
  await publish(1, 20)
  await publish(21, 40)
  isAway = false
  await expect.poll(() => seen).toEqual(upTo(40))
})

test('an event that cannot be taken holds up no other, and is not lost', async () => {
  const { publish, consume, durable } = open()
  const seen: number[] = []
  await publish(1, 5)
  await consume(async (events) => {
    if (events.some(({ seq }) => seq === 3)) throw new TypeError('a defect')
    seen.push(...events.map(({ seq }) => seq))
  })
  await expect.poll(() => seen).toEqual([1, 2, 4, 5])
  await publish(6)
  await expect.poll(() => seen).toEqual([1, 2, 4, 5, 6])
  // The last one is handled before the server has read that it was.
  await expect.poll(() => unconfirmed(durable)).toBe(1)
  await nats.flush()
  expect(await unconfirmed(durable)).toBe(1)
})

test('a stop in the middle of an outage ends, and the events come to the next one', async () => {
  const { publish, consume } = open()
  await publish(1, 3)
  const met = Promise.withResolvers<void>()
  const first = await consume(async () => {
    met.resolve()
    throw new AppError('UNAVAILABLE')
  })
  await met.promise
  await first.stop()
  // What comes again may come in another order: the server decides it.
  const seen = new Set<number>()
  await consume(async (events) => {
    for (const { seq } of events) seen.add(seq)
  })
  await expect.poll(() => seen).toEqual(new Set([1, 2, 3]))
})

test('what an earlier consumer was told and has not taken is taken, and that consumer goes', async () => {
  const { subject, durable, publish, consume } = open()
  const earlier = await consume(() => Promise.resolve())
  await earlier.stop()
  await publish(1, 3)
  const seen = new Set<number>()
  const later = await consumeEvents({
    nats,
    log,
    durable: `${durable}-later`,
    replaces: { durable, filterSubject: subject },
    filterSubject: `${subject}.later`,
    handle: async (events) => {
      for (const { seq } of events) seen.add(seq)
    },
  })
  closing.push(later.stop)
  await expect.poll(() => seen).toEqual(new Set([1, 2, 3]))
  const { consumers } = await nats.jetstreamManager()
  await expect.poll(() => consumers.info(streams.events.name, durable).catch(() => null)).toBeNull()
})

test('a bus that was killed and a stream that was deleted are read on', async () => {
  const { publish, consume } = open()
  const seen = new Set<number>()
  await consume(async (events) => {
    for (const { seq } of events) seen.add(seq)
  })
  await publish(1, 3)
  await bus.kill9()
  await bus.restart()
  await expect.poll(() => publish(4, 6).catch(() => null)).not.toBeNull()
  await expect.poll(() => seen, afterCrash).toEqual(new Set(upTo(6)))

  const manager = await nats.jetstreamManager()
  await manager.streams.delete(streams.events.name)
  await ensureStreams(nats)
  await publish(7, 9)
  await expect.poll(() => seen).toEqual(new Set(upTo(9)))
}, 120_000)
