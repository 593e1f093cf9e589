import { fold } from '@maestro/task-model/fold'
import { after, answer, createWith } from '@maestro/task-model/testing/task-command-fixtures'
import type { Step } from '@maestro/task-model/task'
import { expect, test } from 'vitest'
import { factSentences } from '../../../graph/fact-sentences.ts'
import { factsOfRow } from './facts-of-row.ts'

const task = fold(after(createWith({ a: [], b: ['a'] }), answer('a')))
if (task.status === 'unborn') throw new Error('the task is not born')
const [a, b] = task.order.flatMap((stepId) => task.steps[stepId] ?? [])
if (a === undefined || b === undefined) throw new Error('the task has not two steps')
const told = (step: Step, isCritical = false) =>
  factSentences(factsOfRow({ planned: step, step }, task.steps, isCritical)).join(' ')

test('a row tells what its step gives, and the next one what it gets', () => {
  const bytes = a.output?.bytes
  expect(bytes).toBeGreaterThan(0)
  expect(told(a)).toBe(`Gives ${bytes} B.`)
  expect(told(b, true)).toBe(`On the critical path. Gets ${bytes} B.`)
})

test('a row tells the condition, and what came of it once somebody has looked', () => {
  const when = 'outputs.a.ok'
  expect(told({ ...b, needs: [], when, condition: 'asked' })).toBe('Runs only if outputs.a.ok.')
  expect(told({ ...b, needs: [], when, condition: 'holds' })).toBe(
    'Runs only if outputs.a.ok. Its condition holds.',
  )
  expect(told({ ...b, needs: [], when, condition: 'does-not-hold' })).toBe(
    'Runs only if outputs.a.ok. Its condition does not hold.',
  )
})

test('what is only proposed tells its condition alone', () => {
  const planned = { ...b, when: 'outputs.a.ok' }
  expect(factSentences(factsOfRow({ planned, step: null }, task.steps, false))).toEqual([
    'Runs only if outputs.a.ok.',
  ])
})
