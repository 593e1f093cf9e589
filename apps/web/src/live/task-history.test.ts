import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTaskHistory } from './task-history.ts'

type Fact = { seq: number; add: number }
const evolve = (state: string, { seq, add }: Fact) => `${(Number(state) * 31 + add + seq) % 9_973}`
const facts = (count: number): Fact[] =>
  Array.from({ length: count }, (_, index) => ({ seq: index + 1, add: (index * 7) % 11 }))

test('[H1] the state at any event is the plain fold, whatever was looked at before', () => {
  const all = facts(1_700)
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1_700 }), { minLength: 1, maxLength: 20 }),
      (seeks) => {
        const history = createTaskHistory({ evolve, unborn: '1' })
        history.append(all)
        for (const seq of seeks) expect(history.at(seq)).toBe(all.slice(0, seq).reduce(evolve, '1'))
      },
    ),
    { numRuns: 30 },
  )
})

test('[H1] holds while events are still coming in', () => {
  const all = facts(1_200)
  const history = createTaskHistory({ evolve, unborn: '1' })
  for (let from = 0; from < all.length; from += 170) {
    history.append(all.slice(from, from + 170))
    expect(history.at(history.length())).toBe(all.slice(0, history.length()).reduce(evolve, '1'))
  }
})

test('takes only the next event, so that a repeat changes nothing', () => {
  const history = createTaskHistory({ evolve, unborn: '1' })
  history.append([...facts(3), ...facts(3), { seq: 9, add: 1 }])
  expect(history.length()).toBe(3)
})
