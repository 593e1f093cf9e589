import { HttpNewTask } from '@maestro/contracts/gateway/http-task'
import { expect, test } from 'vitest'
import { usualOptions } from './more-options.ts'
import { emptyForm, problemsOf, toNewTask } from './new-task-form.ts'

const form = { ...emptyForm, goal: ' Compare the tariffs. ' }

test('a form with a goal alone is enough, and the gateway takes it', () => {
  expect(problemsOf(form)).toEqual({})
  expect(HttpNewTask.parse(toNewTask(form))).toMatchObject({ goal: 'Compare the tariffs.' })
})

test('what the gateway would refuse is said at its field before anything is sent', () => {
  const more = { ...usualOptions, numbers: { ...usualOptions.numbers, roundsMax: '11' } }
  const wrong = { ...form, goal: ' ', costUsd: '0,50', minutes: '0', more, providers: [] }
  expect(Object.keys(problemsOf(wrong)).toSorted()).toEqual([
    'costUsd',
    'goal',
    'minutes',
    'more',
    'providers',
  ])
})

test('an empty limit is left out, so that only the global one holds', () => {
  expect(toNewTask(form).options?.limits).not.toHaveProperty('costUsd')
  expect(toNewTask({ ...form, costUsd: '0.25' }).options?.limits?.costUsd).toBe('0.25')
})
