import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLiveSocket } from './live-socket.ts'

/** The browser's side of a connection, held by the test. */
const createWire = () => {
  const sockets: FakeSocket[] = []
  class FakeSocket {
    readyState = 0
    sent: unknown[] = []
    onopen: (() => void) | null = null
    onclose: (() => void) | null = null
    onmessage: ((event: { data: string }) => void) | null = null
    constructor() {
      sockets.push(this)
    }
    send(text: string) {
      this.sent.push(JSON.parse(text))
    }
    close() {
      this.readyState = 3
    }
    accept() {
      this.readyState = 1
      this.onopen?.()
    }
  }
  const newest = () => {
    const socket = sockets.at(-1)
    if (!socket) throw new Error('nothing was opened')
    return socket
  }
  return { open: () => new FakeSocket() as unknown as WebSocket, newest, sockets }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const setup = () => {
  const wire = createWire()
  const refused = { count: 0 }
  const live = createLiveSocket({
    url: 'ws://x',
    open: wire.open,
    onRefused: () => (refused.count += 1),
    random: () => 0,
  })
  return { wire, live, refused }
}

test('opens with the first subscription: who is not signed in is not asked for a socket', () => {
  const { wire, live } = setup()
  expect(wire.sockets).toHaveLength(0)
  live.subscribe('tasks', { onMessage: () => {} })
  expect(wire.sockets).toHaveLength(1)
  live.stop()
})

test('a cut is not answered while nobody listens', () => {
  const { wire, live } = setup()
  const end = live.subscribe('tasks', { onMessage: () => {} })
  wire.newest().accept()
  end()
  wire.newest().onclose?.()
  vi.advanceTimersByTime(60_000)
  expect(wire.sockets).toHaveLength(1)
  live.subscribe('queues', { onMessage: () => {} })
  expect(wire.sockets).toHaveLength(2)
  live.stop()
})

test('asks for each topic once, however many listen, and lets go with the last', () => {
  const { wire, live } = setup()
  const first = live.subscribe('tasks', { onMessage: () => {} })
  wire.newest().accept()
  const second = live.subscribe('tasks', { onMessage: () => {} })
  first()
  expect(wire.newest().sent).toEqual([{ op: 'subscribe', topic: 'tasks' }])
  second()
  expect(wire.newest().sent.at(-1)).toEqual({ op: 'unsubscribe', topic: 'tasks' })
  live.stop()
})

test('after a cut it comes back by itself and goes on where each topic stands', () => {
  const { wire, live } = setup()
  let head = 3
  let returned = 0
  live.subscribe('task:task_1', {
    after: () => head,
    onMessage: () => {},
    onReconnect: () => (returned += 1),
  })
  wire.newest().accept()
  expect(wire.newest().sent).toEqual([{ op: 'subscribe', topic: 'task:task_1', after: 3 }])
  head = 8
  wire.newest().onclose?.()
  expect(live.state.getState()).toMatchObject({ status: 'lost' })
  vi.advanceTimersByTime(500)
  wire.newest().accept()
  expect(wire.newest().sent).toEqual([{ op: 'subscribe', topic: 'task:task_1', after: 8 }])
  expect(returned).toBe(1)
  live.stop()
})

test('a topic that an outage refused is asked for again; one that cannot be had is not', () => {
  const { wire, live } = setup()
  live.subscribe('task:task_1', { after: () => 7, onMessage: () => {} })
  wire.newest().accept()
  const refuse = (code: string) => {
    const error = { code, message: '', details: {}, requestId: 'req_1' }
    const data = JSON.stringify([{ op: 'error', topic: 'task:task_1', error }])
    wire.newest().onmessage?.({ data })
    vi.advanceTimersByTime(5_000)
  }
  refuse('UNAVAILABLE')
  expect(wire.newest().sent).toEqual([
    { op: 'subscribe', topic: 'task:task_1', after: 7 },
    { op: 'subscribe', topic: 'task:task_1', after: 7 },
  ])
  refuse('NOT_FOUND')
  expect(wire.newest().sent).toHaveLength(2)
  live.stop()
})

test('a socket that closes before it was open is told: its session may have ended', () => {
  const { wire, live, refused } = setup()
  live.subscribe('tasks', { onMessage: () => {} })
  wire.newest().accept()
  wire.newest().onclose?.()
  expect(refused.count).toBe(0)
  live.retryNow()
  wire.newest().onclose?.()
  expect(refused.count).toBe(1)
  live.stop()
})

test('waits longer after each failure, and not at all when asked to', () => {
  const { wire, live } = setup()
  live.subscribe('tasks', { onMessage: () => {} })
  wire.newest().onclose?.()
  vi.advanceTimersByTime(500)
  expect(wire.sockets).toHaveLength(2)
  wire.newest().onclose?.()
  vi.advanceTimersByTime(999)
  expect(wire.sockets).toHaveLength(2)
  live.retryNow()
  expect(wire.sockets).toHaveLength(3)
  live.stop()
})

test('a socket that says nothing for two heartbeats is given up', () => {
  const { wire, live } = setup()
  live.subscribe('tasks', { onMessage: () => {} })
  wire.newest().accept()
  vi.advanceTimersByTime(20_000)
  wire.newest().onmessage?.({ data: '[{"op":"head","topic":"tasks","seq":0}]' })
  vi.advanceTimersByTime(20_000)
  expect(live.state.getState().status).toBe('open')
  vi.advanceTimersByTime(10_000)
  expect(live.state.getState().status).toBe('lost')
  live.stop()
})

test('gives each message to its own topic and passes over what it cannot read', () => {
  const { wire, live } = setup()
  const heard: unknown[] = []
  live.subscribe('approvals', { onMessage: (message) => heard.push(message.op) })
  wire.newest().accept()
  wire.newest().onmessage?.({ data: 'no json' })
  wire.newest().onmessage?.({ data: '[{"op":"changed","topic":"queues","id":"default"}]' })
  wire.newest().onmessage?.({ data: '[{"op":"changed","topic":"approvals","id":"apr_1_plan-1"}]' })
  expect(heard).toEqual(['changed'])
  live.stop()
})
