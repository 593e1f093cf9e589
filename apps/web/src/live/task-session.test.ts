import type { Actor } from '@maestro/contracts/actor'
import type { ServerMessage } from '@maestro/contracts/gateway/live-feed'
import { stepIdOf, TaskId } from '@maestro/contracts/ids'
import { toCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { TaskEvent, TaskFact } from '@maestro/contracts/task/task-events'
import { defaultTaskOptions } from '@maestro/contracts/task/task-options'
import { fold } from '@maestro/task-model/fold'
import { outlineOf } from '@maestro/task-model/outline-of'
import type { Task } from '@maestro/task-model/task'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Subscription } from './live-socket.ts'
import { toTaskEventAt } from './task-event-at.ts'
import { isLong } from './task-length.ts'
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

const inOutline = (task: Task) => (task.status === 'unborn' ? task : outlineOf(task))

type Server = {
  all?: readonly TaskEvent[]
  head?: number
  /** Of the plan, as far as its size goes. */
  steps?: number
  /** What cannot be read. */
  isAway?: (what: 'ticks' | 'state') => boolean
}

/** A server with this history, of which `head` events have happened. */
const setup = async ({
  all = historyOf(40),
  head = 10,
  steps = 0,
  isAway = () => false,
}: Server = {}) => {
  let subscription: Subscription | null = null
  const server = { head, asked: [] as number[], states: [] as number[], ticks: 0 }
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
        const folded = fold(all.slice(0, seq))
        const order = Array.from({ length: steps }, (_, index) => stepIdOf(`s${index}`))
        const state = folded.status === 'unborn' ? folded : { ...folded, order }
        if (isLong(seq)) return { seq, state: inOutline(state), detail: 'outline' }
        return { seq, state, detail: 'whole' }
      },
      getTaskAt: async (_, at) => {
        server.states.push(at)
        if (isAway('state')) throw new Error('the timeline is away')
        return { seq: at, state: inOutline(fold(all.slice(0, at))), detail: 'outline' }
      },
      getTicks: async () => {
        server.ticks += 1
        if (isAway('ticks')) throw new Error('the timeline is away')
        const placed = all.slice(0, server.head).map((event) => toTaskEventAt(toCloudEvent(event)))
        return {
          ticks: placed.map(({ atMs, kind }) => ({ atMs, kind, stepId: null })),
          kept: [{ seq: 5, reason: 'plan-approved' }],
        }
      },
      getEvents: async (_, range) => {
        const { after, limit, ...unknown } = range
        // As the gateway: what it does not know is refused.
        if (Object.keys(unknown).length > 0) throw new Error('an unknown part of a query')
        server.asked.push(after)
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
  const settle = () => vi.advanceTimersByTimeAsync(0)
  return {
    all,
    server,
    session,
    stop,
    send,
    happen,
    shown,
    settle,
    after: () => subscription?.after?.(),
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('[T1] opens with the snapshot, goes on after it, and loads what was before', async () => {
  const { all, session, shown, after, stop } = await setup()
  expect(shown()).toMatchObject({ status: 'ready', mode: 'live', seq: 10, head: 10 })
  expect(after()).toBe(10)
  expect(shown().held.count).toBe(10)
  expect(session.event(10)?.seq).toBe(10)
  expect(shown().kept).toEqual([{ seq: 5, reason: 'plan-approved' }])
  expect(shown().task).toEqual(fold(all.slice(0, 10)))
  stop()
})

test('[T1] a large page is built from one state: what else there is to read waits until it stands', async () => {
  const { server, session, shown, after, happen, settle, stop } = await setup({ steps: 100 })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(shown()).toMatchObject({ status: 'ready', seq: 10 })
  expect([after(), server.ticks, server.asked]).toEqual([undefined, 0, []])
  session.hold(false)
  expect(after()).toBe(10)
  happen(11, 12)
  await settle()
  expect(shown()).toMatchObject({ seq: 12, held: { count: 12 } })
  stop()
})

test('[T1] a large page that does not say when it stands goes on after two seconds', async () => {
  const { after, happen, shown, stop } = await setup({ steps: 100 })
  await vi.advanceTimersByTimeAsync(2_100)
  expect(after()).toBe(10)
  happen(11)
  expect(shown().head).toBe(11)
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

const long = historyOf(14_000)
const longHead = 13_300

test('[T4] a long task opens with one state and its ticks: no event is read before somebody looks at one', async () => {
  const { server, session, shown, stop, settle } = await setup({ all: long, head: longHead })
  expect(shown()).toMatchObject({ status: 'ready', seq: longHead, isOutline: true })
  expect(shown().task).toEqual(inOutline(fold(long.slice(0, longHead))))
  expect(shown().ticks).toHaveLength(longHead)
  expect(server.asked).toEqual([])
  session.look(7_001, 7_020)
  await settle()
  expect(session.event(7_010)?.seq).toBe(7_010)
  expect(server.asked).toEqual([7_000])
  stop()
})

test('[T1, T4] followed for long it shows the fold of all events, and holds a bounded number of them', async () => {
  const { happen, shown, stop } = await setup({ all: long, head: 4_900 })
  expect(shown().isOutline).toBe(false)
  for (let seq = 4_901; seq <= long.length; seq += 1) happen(seq)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(shown()).toMatchObject({ seq: long.length, isOutline: true })
  expect(inOutline(shown().task)).toEqual(inOutline(fold(long)))
  expect(shown().held.count).toBeLessThanOrEqual(8_000)
  expect(shown().ticks).toHaveLength(long.length)
  stop()
})

test('[T2] anywhere in a long past is shown after one state was read, and then its neighbours come', async () => {
  const { server, session, shown, stop, settle } = await setup({ all: long, head: longHead })
  session.seek(12_345)
  expect(shown()).toMatchObject({ mode: 'live', seekingTo: 12_345 })
  await settle()
  expect(shown()).toMatchObject({ mode: 'replay', seq: 12_345, seekingTo: null, isOutline: true })
  expect(inOutline(shown().task)).toEqual(inOutline(fold(long.slice(0, 12_345))))
  expect(server.states).toEqual([12_345, 12_000])
  expect(server.asked).toEqual([12_000])
  session.seek(12_200)
  expect(shown()).toMatchObject({ seq: 12_200, seekingTo: null })
  expect(inOutline(shown().task)).toEqual(inOutline(fold(long.slice(0, 12_200))))
  stop()
})

test('[T4] without its ticks the rail is told by events, and without states live goes on', async () => {
  const { session, shown, happen, stop, settle } = await setup({
    all: long,
    head: longHead,
    isAway: () => true,
  })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(shown().ticks).toHaveLength(longHead)
  expect(shown().held.count).toBeLessThanOrEqual(8_000)
  session.seek(9_999)
  await settle()
  expect(shown()).toMatchObject({ mode: 'live', seekingTo: 9_999 })
  session.goLive()
  happen(longHead + 1)
  expect(shown()).toMatchObject({ mode: 'live', seq: longHead + 1, seekingTo: null })
  stop()
})

test('[T1] far behind, a long task is taken anew and its ticks stay whole', async () => {
  const { server, send, shown, stop } = await setup({ all: long, head: 8_000 })
  server.head = 13_500
  send({ op: 'head', topic: `task:${taskId}`, seq: 13_500 })
  await vi.advanceTimersByTimeAsync(3_000)
  expect(shown()).toMatchObject({ seq: 13_500, head: 13_500 })
  expect(shown().ticks).toHaveLength(13_500)
  expect(inOutline(shown().task)).toEqual(inOutline(fold(long.slice(0, 13_500))))
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
