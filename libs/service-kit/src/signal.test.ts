import { expect, test } from 'vitest'
import { createSignal } from './signal.ts'

const aMinuteMs = 60_000

test('wakes who sleeps', async () => {
  const signal = createSignal()
  const sleeping = signal.wait(aMinuteMs)
  signal.raise()
  await expect(sleeping).resolves.toBeUndefined()
})

test('keeps a signal that came while nobody slept, so that no work is missed', async () => {
  const signal = createSignal()
  signal.raise()
  await expect(signal.wait(aMinuteMs)).resolves.toBeUndefined()
})

test('sleeps no longer than it was told', async () => {
  await expect(createSignal().wait(5)).resolves.toBeUndefined()
})
