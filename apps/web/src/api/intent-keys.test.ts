import { expect, test } from 'vitest'
import { createIntentKeys } from './intent-keys.ts'

const pause = { path: '/api/tasks/:taskId/pause', params: { taskId: 'task_1' }, said: {} }
const resume = { ...pause, path: '/api/tasks/:taskId/resume' }
const elsewhere = { ...pause, params: { taskId: 'task_2' } }

const setup = () => {
  let now = 0
  return { keys: createIntentKeys(() => now), pass: (ms: number) => (now += ms) }
}

test('[I1] what is tried again before an answer came carries the same key; other words do not', () => {
  const { keys } = setup()
  const key = keys.of(pause)
  expect(key).toMatch(/^[0-9a-f]{32}$/)
  expect(keys.of({ ...pause })).toBe(key)
  expect(
    new Set([key, keys.of(resume), keys.of(elsewhere), keys.of({ ...pause, said: 1 })]).size,
  ).toBe(4)
})

test('[I2] once it was answered the same words are wanted anew', () => {
  const { keys } = setup()
  const key = keys.of(pause)
  keys.settle(pause)
  expect(keys.of(pause)).not.toBe(key)
})

test('[I2] what was said later to the same task makes it a new wish, what was said to another one does not', () => {
  const { keys } = setup()
  const lost = keys.of(pause)
  keys.of(elsewhere)
  keys.settle(elsewhere)
  expect(keys.of(pause)).toBe(lost)
  keys.of(resume)
  keys.settle(resume)
  expect(keys.of(pause)).not.toBe(lost)
})

test('[I2] ten minutes later nobody tries the same thing again', () => {
  const { keys, pass } = setup()
  const key = keys.of(pause)
  pass(10 * 60_000)
  expect(keys.of(pause)).not.toBe(key)
})
