import { CallId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { decideReuse, type KnownAnswer } from './decide-reuse.ts'

const id = (name: string) => CallId.parse(`call_1_${name}`)
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second))
const bought = { callId: id('bought'), answeredAt: at(10) }
const leader = { callId: id('leader'), answeredAt: null, isRunning: true }
const asked: KnownAnswer = { callId: id('me'), notBefore: at(10), bought: null, leader: null }

test('takes an answer that is young enough, and the newest of them', () => {
  expect(decideReuse({ ...asked, bought })).toEqual({ do: 'take', from: bought })
  const answered = { callId: id('leader'), answeredAt: at(12) }
  expect(decideReuse({ ...asked, bought, leader: { ...answered, isRunning: false } })).toEqual({
    do: 'take',
    from: answered,
  })
})

test('takes what is there also while a newer one is being bought', () => {
  expect(decideReuse({ ...asked, bought, leader })).toEqual({ do: 'take', from: bought })
})

test('an answer that is too old is waited for anew, and kept for those who take older ones', () => {
  const old = { ...asked, notBefore: at(11), bought }
  expect(decideReuse({ ...old, leader })).toEqual({ do: 'wait', for: leader.callId })
  expect(decideReuse(old)).toEqual({ do: 'lead', keeps: bought })
})

test('nobody is waited for who does not run: not one that failed, nor one whose worker is gone', () => {
  const gone = { ...leader, isRunning: false }
  expect(decideReuse({ ...asked, leader: gone })).toEqual({ do: 'lead', keeps: null })
})

test('a leader whose worker died leads again, and does not wait for itself', () => {
  expect(decideReuse({ ...asked, callId: leader.callId, leader })).toEqual({
    do: 'lead',
    keeps: null,
  })
})
