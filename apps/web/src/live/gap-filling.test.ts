import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createGapFilling } from './gap-filling.ts'
import { createStitch, type Placed } from './stitch.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const eventsTo = (head: number): Placed[] =>
  Array.from({ length: head }, (_, at) => ({ seq: at + 1 }))

/** A stream at `head` of a server that stands at `serverHead`. */
const setup = ({ serverHead = 20 } = {}) => {
  const server = { head: serverHead, isAway: false, reads: [] as number[], snapshots: 0 }
  const applied: number[] = []
  const stitch = createStitch<Placed>(0)
  const apply = (events: readonly Placed[]) => applied.push(...events.map(({ seq }) => seq))
  const gaps = createGapFilling<Placed>({
    stitch,
    readEvents: async ({ after, limit }) => {
      server.reads.push(after)
      if (server.isAway) throw new Error('it is away')
      return eventsTo(server.head).slice(after, after + limit)
    },
    takeSnapshot: async () => {
      server.snapshots += 1
      stitch.reset(server.head)
    },
    apply,
    later: (ms, run) => void setTimeout(run, ms),
  })
  const come = (...seqs: number[]) => {
    apply(stitch.take(seqs.map((seq) => ({ seq }))))
    gaps.watch()
  }
  const tell = (head: number) => {
    stitch.hear(head)
    gaps.watch()
  }
  return { server, applied, stitch, gaps, come, tell }
}
const upTo = (head: number) => eventsTo(head).map(({ seq }) => seq)

test('[G1] a gap that fills itself within a second is not read', async () => {
  const { server, applied, come } = setup()
  come(1, 3)
  await vi.advanceTimersByTimeAsync(900)
  come(2)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(applied).toEqual([1, 2, 3])
  expect(server.reads).toEqual([])
})

test('[G1] another one is read from where it begins, until nothing is missing, and nothing is there twice', async () => {
  const { server, applied, come } = setup({ serverHead: 2_500 })
  come(1, 2_500)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.reads).toEqual([1, 1_001, 2_001])
  expect(applied).toEqual(upTo(2_500))
})

test('[G1] what is told of and cannot be read yet waits for the next word', async () => {
  const { server, applied, tell } = setup({ serverHead: 0 })
  tell(4)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(server.reads).toEqual([0])
  server.head = 4
  tell(4)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(applied).toEqual(upTo(4))
})

test('[G2] further behind than five thousand a snapshot is taken, and the stream goes on after it', async () => {
  const { server, applied, come, tell } = setup({ serverHead: 5_001 })
  tell(5_001)
  await vi.advanceTimersByTimeAsync(1_000)
  expect([server.snapshots, applied]).toEqual([1, []])
  come(5_002)
  expect(applied).toEqual([5_002])
})

test('[G3] what cannot be read is tried again until it can', async () => {
  const { server, applied, tell } = setup({ serverHead: 3 })
  server.isAway = true
  tell(3)
  await vi.advanceTimersByTimeAsync(7_000)
  expect(server.reads.length).toBeGreaterThan(2)
  server.isAway = false
  await vi.advanceTimersByTimeAsync(2_000)
  expect(applied).toEqual(upTo(3))
})

test('[G3] after a reset nothing is applied that was asked for before it, and the next gap is read', async () => {
  const { applied, gaps, stitch, tell } = setup({ serverHead: 3 })
  stitch.hear(3)
  gaps.check()
  gaps.reset()
  await vi.advanceTimersByTimeAsync(0)
  expect(applied).toEqual([])
  tell(3)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(applied).toEqual(upTo(3))
})

test('whoever asks for news gets what was never told', async () => {
  const { applied, gaps } = setup({ serverHead: 3 })
  gaps.check()
  await vi.advanceTimersByTimeAsync(0)
  expect(applied).toEqual(upTo(3))
})
