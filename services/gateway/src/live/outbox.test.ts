import { expect, test } from 'vitest'
import { createFrameClock } from './frame-clock.ts'
import { createFramePress } from './frame-press.ts'
import { createOutbox } from './outbox.ts'

/** What stands behind the head of a frame. */
const payloadOf = (frame: Buffer): string => {
  const length = frame[1] ?? 0
  return frame.subarray(length < 126 ? 2 : length === 126 ? 4 : 10).toString('utf8')
}

/** A socket whose other end reads only when it is told to. */
const createSink = () => {
  const sent: { frame: Buffer; done: () => void }[] = []
  let unsent = 0
  return {
    frames: () => sent.map(({ frame }) => JSON.parse(payloadOf(frame)) as unknown[]),
    sent: () => sent.map(({ frame }) => frame),
    /** The other end has read everything so far. */
    drain: () => {
      unsent = 0
      for (const { done } of sent.splice(0)) done()
    },
    sink: {
      get bufferedAmount() {
        return unsent
      },
      send: (frame: Buffer, done: () => void) => {
        unsent += frame.length
        sent.push({ frame, done })
      },
    },
  }
}
const press = createFramePress()
const clock = createFrameClock({ onBeat: press.clear })
const outboxTo = (
  { sink }: ReturnType<typeof createSink>,
  { charactersMax }: { charactersMax: number },
) => createOutbox({ sink, clock, press, charactersMax })
const frames = async (socket: ReturnType<typeof createSink>, count: number) =>
  expect.poll(() => socket.frames().length, { interval: 2 }).toBe(count)
/** One event. */
const only = (seq: number) => ({ first: seq, last: seq })
const large = (letter: string, size: number) => JSON.stringify(letter.repeat(size))

test('what is due together leaves as one frame, in order', async () => {
  const socket = createSink()
  const outbox = outboxTo(socket, { charactersMax: 1_000 })
  for (let seq = 1; seq <= 5; seq += 1) outbox.push('task:a', String(seq), only(seq))
  await frames(socket, 1)
  expect(socket.frames()).toEqual([[1, 2, 3, 4, 5]])
})

test('what comes within the next 16 ms waits for its frame', async () => {
  const socket = createSink()
  const outbox = outboxTo(socket, { charactersMax: 1_000 })
  outbox.push('task:a', '1', only(1))
  await frames(socket, 1)
  outbox.push('task:a', '2', only(2))
  outbox.push('tasks', '3', null)
  await frames(socket, 2)
  expect(socket.frames()).toEqual([[1], [2, 3]])
})

test('what is gathered for a beat leaves within it, behind nothing that comes later', async () => {
  const socket = createSink()
  const outbox = outboxTo(socket, { charactersMax: 1_000 })
  outbox.push('task:a', '1', only(1))
  await frames(socket, 1)
  clock.beforeFrames(() => outbox.push('task:a', '2,3', { first: 2, last: 3 }))
  outbox.push('tasks', '0', null)
  await frames(socket, 2)
  expect(socket.frames()).toEqual([[1], [0, 2, 3]])
})

test('who is sent the very same is sent the same bytes, and who is not is not', async () => {
  const [ada, bob, eve] = [createSink(), createSink(), createSink()]
  for (const [socket, texts] of [
    [ada, ['1', '2']],
    [bob, ['1', '2']],
    [eve, ['1', '3']],
  ] as const) {
    const outbox = outboxTo(socket, { charactersMax: 1_000 })
    for (const text of texts) outbox.push('task:a', text, only(Number(text)))
  }
  await frames(eve, 1)
  expect(ada.frames()).toEqual([[1, 2]])
  expect(eve.frames()).toEqual([[1, 3]])
  expect(bob.sent()[0]).toBe(ada.sent()[0])
})

test('takes no more than its bound, counting what the socket has not sent', async () => {
  const socket = createSink()
  const outbox = outboxTo(socket, { charactersMax: 1_000 })
  expect(outbox.push('task:a', large('a', 600), only(1))).toBe(true)
  await frames(socket, 1)
  expect(outbox.push('task:a', large('b', 600), only(2))).toBe(false)
  expect(outbox.push('task:a', large('b', 300), only(2))).toBe(true)
})

test('holds back while the socket is slow, and goes on when it has drained', async () => {
  const socket = createSink()
  const outbox = outboxTo(socket, { charactersMax: 4_000_000 })
  outbox.push('task:a', large('a', 300_000), only(1))
  await frames(socket, 1)
  outbox.push('task:a', '2', only(2))
  outbox.push('task:b', '7', only(7))
  expect(outbox.takeBack('task:a')).toBe(2)
  socket.drain()
  await frames(socket, 1)
  expect(socket.frames()).toEqual([[7]])
})

test('events that were told as one text are taken back together, from the first of them on', async () => {
  const socket = createSink()
  const outbox = outboxTo(socket, { charactersMax: 4_000_000 })
  outbox.push('task:a', large('a', 300_000), { first: 1, last: 4 })
  await frames(socket, 1)
  outbox.push('task:a', '0', null)
  outbox.push('task:a', '5,6,7', { first: 5, last: 7 })
  expect(outbox.takeBack('task:a')).toBe(5)
})

test('what must be said is said although there is no room', async () => {
  const socket = createSink()
  const outbox = outboxTo(socket, { charactersMax: 10 })
  expect(outbox.push('task:a', large('a', 20), only(1))).toBe(false)
  outbox.say('"lagged"')
  await frames(socket, 1)
  expect(socket.frames()).toEqual([['lagged']])
})

test('room is promised, and given when the socket has drained or is gone', async () => {
  const socket = createSink()
  const outbox = outboxTo(socket, { charactersMax: 1_000 })
  expect(outbox.room()).toBeNull()
  outbox.push('task:a', large('a', 600), only(1))
  await frames(socket, 1)
  const drained = outbox.room()
  expect(drained).not.toBeNull()
  socket.drain()
  await drained
  outbox.push('task:a', large('b', 600), only(2))
  const gone = outbox.room()
  outbox.close()
  await gone
  expect(outbox.push('task:a', '3', only(3))).toBe(true)
})
