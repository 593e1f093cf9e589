import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AppError } from '@maestro/contracts/errors'
import { expect, test } from 'vitest'
import { handleInOrder } from './handle-in-order.ts'
import { createLogger } from './logger.ts'
import { createOutageLog } from './outage-log.ts'

const log = createLogger({ service: 'timeline', copy: 'test', level: 'silent' })
const outage = createOutageLog({ log, away: 'away', back: 'back' })
const eventOf = (seq: number): CloudEvent => ({
  specversion: '1.0',
  id: `task_1:${seq}`,
  source: '/maestro/orchestrator',
  type: 'maestro.TaskPaused',
  subject: 'task_1',
  time: '2026-01-01T00:00:00.000Z',
  datacontenttype: 'application/json',
  data: {},
  seq,
})
const events = [1, 2, 3, 4].map(eventOf)
const numbers = (group: readonly CloudEvent[]) => group.map(({ seq }) => seq)

const run = (
  handle: (group: readonly CloudEvent[]) => Promise<void>,
  signal = new AbortController().signal,
) => handleInOrder({ events, handle, signal, log, outage, durable: 'test' })

test('a group that goes well is handled once', async () => {
  const handled: number[][] = []
  const failed = await run(async (group) => void handled.push(numbers(group)))
  expect(handled).toEqual([[1, 2, 3, 4]])
  expect(failed.size).toBe(0)
})

test('an outage is waited out with everything in its order', async () => {
  const handled: number[][] = []
  let tries = 0
  await run(async (group) => {
    tries += 1
    if (tries <= 2) throw new AppError('UNAVAILABLE')
    handled.push(numbers(group))
  })
  expect(handled).toEqual([[1, 2, 3, 4]])
})

test('an event that cannot be taken is found, and the others go on in their order', async () => {
  const handled: number[] = []
  const failed = await run(async (group) => {
    if (group.some(({ seq }) => seq === 2)) throw new TypeError('a defect')
    handled.push(...numbers(group))
  })
  expect(handled).toEqual([1, 3, 4])
  expect([...failed].map(([{ seq }, error]) => [seq, error.message])).toEqual([[2, 'a defect']])
})

test('whoever stops is not held by an outage', async () => {
  const stopping = new AbortController()
  const running = run(() => Promise.reject(new AppError('UNAVAILABLE')), stopping.signal)
  stopping.abort()
  await expect(running).rejects.toMatchObject({ code: 'UNAVAILABLE' })
})
