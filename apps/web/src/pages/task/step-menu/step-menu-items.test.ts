import { fold } from '@maestro/task-model/fold'
import { after, answer, createWith } from '@maestro/task-model/testing/task-command-fixtures'
import { expect, test } from 'vitest'
import { stepMenuItems } from './step-menu-items.ts'

const task = fold(after(createWith({ a: [], b: ['a'] }), answer('a')))
if (task.status === 'unborn') throw new Error('the task is not born')
const stepOf = (name: string) =>
  Object.values(task.steps).find(({ stepId }) => stepId === `step_${name}`) ?? null
const possible = (place: Parameters<typeof stepMenuItems>[0]) =>
  stepMenuItems(place).flatMap(({ action, unavailable }) => (unavailable === null ? [action] : []))

test('what cannot be done stays in the menu and says why', () => {
  const menus = [
    { task, step: stepOf('a'), isReplay: false },
    { task, step: stepOf('b'), isReplay: true },
    { task, step: null, isReplay: false },
  ].map(stepMenuItems)
  for (const items of menus) {
    expect(items.map(({ action }) => action)).toEqual(menus[0]?.map(({ action }) => action))
    for (const { unavailable } of items) expect(unavailable).not.toBe('')
  }
})

test('in the past one looks and copies, and changes nothing', () => {
  expect(possible({ task, step: stepOf('a'), isReplay: true })).toEqual([
    'open',
    'log',
    'copy-link',
    'copy-id',
    'copy-output',
  ])
})

test('what has run can be run again, what runs can be tried again', () => {
  expect(possible({ task, step: stepOf('a'), isReplay: false })).toContain('rerun')
  expect(possible({ task, step: stepOf('a'), isReplay: false })).not.toContain('skip')
  expect(possible({ task, step: stepOf('b'), isReplay: false })).toContain('retry')
})
