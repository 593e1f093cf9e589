import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { NatsConnection } from './nats.ts'
import { sendByTurns } from './send-by-turns.ts'

const connectionOf = (protocol: object) => ({ protocol }) as unknown as NatsConnection

test('what is published in one turn of the event loop is written once, and the next turn again', async () => {
  let writes = 0
  const protocol = { flushPending: () => void (writes += 1) }
  sendByTurns(connectionOf(protocol))
  protocol.flushPending()
  await Promise.resolve()
  protocol.flushPending()
  expect(writes).toBe(0)
  await turn()
  expect(writes).toBe(1)
  protocol.flushPending()
  await turn()
  expect(writes).toBe(2)
})

test('a client that sends in another way is refused, not slowed down in silence', () => {
  expect(() => sendByTurns(connectionOf({}))).toThrow('no flushPending')
})
