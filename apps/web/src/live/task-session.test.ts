import type { Actor } from '@maestro/contracts/actor'
import type { ServerMessage } from '@maestro/contracts/gateway/live-feed'
import { TaskId } from '@maestro/contracts/ids'
import { toCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { TaskEvent, TaskFact } from '@maestro/contracts/task/task-events'
import { defaultTaskOptions } from '@maestro/contracts/task/task-options'
import { fold } from '@maestro/task-model/fold'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Subscription } from './live-socket.ts'
import { toTaskEventAt } from './task-event-at.ts'
import { createTaskSession } from './task-session.ts'

const taskId = TaskId.parse('task_1')
const actor: Actor = { kind: 'person', id: 'ada' }
const goal = {
  service: 'orchestrator' as const,
  sha256: '0'.repeat(64),
  bytes: 4,
  mediaType: 'text/plain',
  preview: 'Goal',
}
const created: TaskFact = {
  type: 'TaskCreated',
  data: { title: 'Goal', goal, inputs: [], options: defaultTaskOptions, planGiven: false },
}

/** A task that is drafted, paused and resumed over and over: every event changes the state. */
const historyOf = (count: number): TaskEvent[] =>
  Array.from({ length: count }, (_, index) => {
    const facts: TaskFact[] = [
      { type: 'TaskPaused', data: { reason: 'person', note: `at ${index}` } },
      { type: 'TaskResumed', data: {} },
      { type: 'DraftingStarted', data: { round: index, guidance: null } },
    ]
    const fact = index === 0 ? created : facts[index % 3]
    const at = new Date(Date.UTC(2026, 0, 1) + index * 1_000).toISOString()
    return { ...(fact ?? created), taskId, seq: index + 1, at, actor }
  })

const pageMs = 1_000

/** A server with this history, of which `head` events have happened. */
const setup = async ({ all = historyOf(40), head = 10, isLong = false } = {}) => {
  let subscription: Subscription | null = null
  const server = { head, asked: [] as number[], glimpsed: [] as number[] }
  const outlineAt = (seq: number) => {
    const state = fold(all.slice(0, seq))
    return state.status === 'unborn' ? state : { ...state, title: 'in outline' }
  }
  const session = createTaskSession({
    taskId,
    nextFrame: (run) => run(),
    socket: {
      renew: () => {},
      subscribe: (_, subscribed) => {
        subscription = subscribed
        return () => (subscription = null)
      },
    },
    reads: {
      getTask: async () => {
        const seq = server.head
        if (isLong) return { seq, state: outlineAt(seq), detail: 'outline' }
        return { seq, state: fold(all.slice(0, seq)), detail: 'whole' }
      },
      getTaskAt: async (_, at) => {
        server.glimpsed.push(at)
        return { seq: at, state: outlineAt(at), detail: 'outline' }
      },
      getTicks: async () => [],
      getEvents: async (_, { after, limit }) => {
        server.asked.push(after)
        if (isLong) await new Promise((resolve) => setTimeout(resolve, pageMs))
        const events = all.slice(after, Math.min(server.head, after + limit))
        return {
          events: events.map((event) => toTaskEventAt(toCloudEvent(event))),
          head: server.head,
        }
      },
    },
  })
  const stop = session.start()
  await vi.advanceTimersByTimeAsync(0)
  const send = (message: ServerMessage) => subscription?.onMessage(message)
  const happen = (...seqs: number[]) => {
    for (const seq of seqs) {
      const event = all[seq - 1]
      if (!event) throw new Error('there is no such event')
      server.head = Math.max(server.head, seq)
      send({ op: 'event', topic: `task:${taskId}`, seq, event: toCloudEvent(event) })
    }
  }
  const shown = () => session.view.getState()
  return { all, server, session, stop, send, happen, shown, after: () => subscription?.after?.() }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('[T1] opens with the snapshot, goes on after it, and loads what was before', async () => {
  const { all, session, shown, after, stop } = await setup()
  expect(shown()).toMatchObject({ status: 'ready', mode: 'live', seq: 10, head: 10, loaded: 10 })
  expect(after()).toBe(10)
  expect(session.events()).toHaveLength(10)
  expect(shown().task).toEqual(fold(all.slice(0, 10)))
  stop()
})

test('[T1] the live state is the fold of all events, whatever came twice or out of order', async () => {
  const { all, happen, shown, stop } = await setup()
  happen(11, 12, 11, 14, 13, 12, 15)
  expect(shown().head).toBe(15)
  expect(shown().task).toEqual(fold(all.slice(0, 15)))
  expect(shown().ticks).toHaveLength(15)
  stop()
})

test('[T1] an event that never came is fetched after a second', async () => {
  const { all, happen, server, shown, stop } = await setup()
  happen(11, 13)
  expect(shown().head).toBe(11)
  server.asked = []
  await vi.advanceTimersByTimeAsync(900)
  expect(server.asked).toEqual([])
  await vi.advanceTimersByTimeAsync(200)
  expect(server.asked[0]).toBe(11)
  expect(shown().task).toEqual(fold(all.slice(0, 13)))
  stop()
})

test('[T1] a heartbeat exposes a loss that nothing else would show', async () => {
  const { all, send, server, shown, stop } = await setup()
  server.head = 12
  send({ op: 'head', topic: `task:${taskId}`, seq: 12 })
  await vi.advanceTimersByTimeAsync(1_100)
  expect(shown().task).toEqual(fold(all.slice(0, 12)))
  stop()
})

test('[T2] the past is the fold of its first events, and stands still while more arrive', async () => {
  const { all, session, happen, shown, stop } = await setup()
  session.seek(4)
  expect(shown()).toMatchObject({ mode: 'replay', seq: 4 })
  expect(shown().task).toEqual(fold(all.slice(0, 4)))
  happen(11, 12)
  expect(shown()).toMatchObject({ mode: 'replay', seq: 4, head: 12 })
  expect(shown().task).toEqual(fold(all.slice(0, 4)))
  session.goLive()
  expect(shown()).toMatchObject({ mode: 'live', seq: 12 })
  expect(shown().task).toEqual(fold(all.slice(0, 12)))
  stop()
})

test('[T1] a long task is shown in outline until its events are here, then whole', async () => {
  const all = historyOf(3_000)
  const { happen, shown, stop } = await setup({ all, head: 2_500, isLong: true })
  expect(shown()).toMatchObject({ seq: 2_500, isOutline: true, task: { title: 'in outline' } })
  happen(2_501)
  expect(shown()).toMatchObject({ seq: 2_501, loaded: 0, task: { title: 'in outline' } })
  await vi.advanceTimersByTimeAsync(4 * pageMs)
  expect(shown().isOutline).toBe(false)
  expect(shown().task).toEqual(fold(all.slice(0, 2_501)))
  stop()
})

test('[T2] a position far beyond what is here is shown in outline, and whole when its events are here', async () => {
  const all = historyOf(3_000)
  const { session, server, shown, stop } = await setup({ all, head: 2_500, isLong: true })
  session.seek(2_000)
  expect(shown().seekingTo).toBe(2_000)
  await vi.advanceTimersByTimeAsync(0)
  expect(shown()).toMatchObject({
    mode: 'replay',
    seq: 2_000,
    isOutline: true,
    task: { title: 'in outline' },
  })
  expect(server.glimpsed).toEqual([2_000])
  await vi.advanceTimersByTimeAsync(4 * pageMs)
  expect(shown()).toMatchObject({ mode: 'replay', seq: 2_000, isOutline: false })
  expect(shown().task).toEqual(fold(all.slice(0, 2_000)))
  stop()
})

test('[T2] a position from an address waits for its events, and one beyond the end is the end', async () => {
  const { session, shown, stop } = await setup({ head: 5 })
  session.seek(400)
  expect(shown()).toMatchObject({ mode: 'replay', seq: 5 })
  stop()
})

test('what it is told after its end changes nothing', async () => {
  const { happen, shown, stop } = await setup()
  stop()
  happen(11)
  expect(shown().head).toBe(10)
})
