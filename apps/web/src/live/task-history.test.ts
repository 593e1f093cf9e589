import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTaskHistory } from './task-history.ts'

type Fact = { seq: number; add: number }
const evolve = (state: string, { seq, add }: Fact) => `${(Number(state) * 31 + add + seq) % 9_973}`
const facts = (count: number): Fact[] =>
  Array.from({ length: count }, (_, index) => ({ seq: index + 1, add: (index * 7) % 11 }))
const fold = (from: string, all: readonly Fact[]) => all.reduce(evolve, from)
const stateAt = (all: readonly Fact[], seq: number) => fold('1', all.slice(0, seq))

test('[H1] the state at any event is the plain fold, whatever was looked at before', () => {
  const all = facts(1_700)
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1_700 }), { minLength: 1, maxLength: 20 }),
      (seeks) => {
        const history = createTaskHistory({ fold, unborn: '1' })
        history.put(all)
        for (const seq of seeks) expect(history.at(seq)).toBe(stateAt(all, seq))
      },
    ),
    { numRuns: 30 },
  )
})

test('[H1] holds while events are still coming in', () => {
  const all = facts(1_200)
  const history = createTaskHistory({ fold, unborn: '1' })
  for (let from = 0; from < all.length; from += 170) {
    history.put(all.slice(from, from + 170))
    const seq = Math.min(all.length, from + 170)
    expect(history.at(seq)).toBe(stateAt(all, seq))
  }
})

test('a state whose events are not here is not guessed', () => {
  const history = createTaskHistory({ fold, unborn: '1' })
  history.put([...facts(3), { seq: 9, add: 1 }])
  expect(history.at(3)).not.toBeNull()
  expect(history.at(9)).toBeNull()
})

/** Reads what a position lacks, as a session does, until nothing is missing. */
const readFor = (
  history: ReturnType<typeof createTaskHistory<Fact, string>>,
  all: readonly Fact[],
) => {
  const meet = (lack: ReturnType<typeof history.lackOf>) => {
    if (lack?.kind === 'state') history.keep(lack.at, stateAt(all, lack.at))
    if (lack?.kind === 'events') history.put(all.slice(lack.after, lack.after + lack.limit))
  }
  return (seq: number) => {
    let reads = 0
    for (let lack = history.lackOf(seq); lack !== null; lack = history.lackOf(seq)) {
      meet(lack)
      reads += 1
    }
    const shown = history.at(seq)
    for (let at = history.lackAround(seq, all.length); at; at = history.lackAround(seq, all.length))
      meet(at)
    return { reads, shown }
  }
}

test('[H1, H2, H3] anywhere in a long history two reads are enough, what is shown is the fold, and what is held is bounded', () => {
  const all = facts(60_000)
  const history = createTaskHistory({ fold, unborn: '1' })
  const read = readFor(history, all)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: all.length }), (seq) => {
      const { reads, shown } = read(seq)
      expect(reads).toBeLessThanOrEqual(2)
      expect(shown).toBe(stateAt(all, seq))
      expect(history.count()).toBeLessThanOrEqual(8_000)
    }),
    { numRuns: 100 },
  )
})

test('once a position was looked at, its neighbours on both sides are here', () => {
  const all = facts(20_000)
  const history = createTaskHistory({ fold, unborn: '1' })
  readFor(history, all)(12_345)
  for (const seq of [12_344, 12_100, 12_001, 12_346, 12_500])
    expect(history.at(seq)).toBe(stateAt(all, seq))
})

test('what is folded on is shaped at every keyframe, so that playing a long task holds no more at its end', () => {
  const all = facts(5_000)
  const history = createTaskHistory<Fact, readonly number[]>({
    fold: (state, events) => [...state, ...events.map(({ seq }) => seq)],
    unborn: [],
    shape: (state) => state.slice(-3),
  })
  history.put(all)
  for (let seq = 1; seq <= all.length; seq += 1)
    expect(history.at(seq)?.length).toBeLessThanOrEqual(503)
  expect(history.at(5_000)).toEqual([4_998, 4_999, 5_000])
})
