import { fold } from '@maestro/task-model/fold'
import { unbornTask } from '@maestro/task-model/task'
import {
  after,
  answer,
  answerTool,
  cancel,
  createWith,
} from '@maestro/task-model/testing/task-command-fixtures'
import { expect, test } from 'vitest'
import { consequencesOf } from './consequences-of.ts'

test('the state after events is their fold, whatever it starts from', () => {
  const first = after(createWith({ a: [], b: ['a'] }))
  const all = after(createWith({ a: [], b: ['a'] }), answer('a'))
  const half = fold(first)
  expect(consequencesOf(half, all.slice(first.length)).task).toEqual(fold(all))
  expect(consequencesOf(unbornTask, all).task).toEqual(fold(all))
})

test('work that is asked for and answered by the same events is not asked for', () => {
  const events = after(createWith({ a: [] }), answer('a', { tools: ['t1'] }), answerTool('a', 't1'))
  const { effects } = consequencesOf(unbornTask, events)
  expect(effects.map(({ kind }) => kind)).toEqual(['check-duration', 'call'])
})

test('an end leaves the calls that are out and the order to stop them', () => {
  const events = after(
    createWith({ a: [], b: [], c: ['a', 'b'] }),
    answer('a', { tools: ['t1'] }),
    cancel(),
  )
  const { effects, closesAllButCalls } = consequencesOf(unbornTask, events)
  expect(closesAllButCalls).toBe(true)
  expect(effects.map(({ kind }) => kind)).toEqual(['call', 'cancel-calls'])
})
