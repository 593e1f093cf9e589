import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { expect, test } from 'vitest'
import { whatWasRecorded } from './what-was-recorded.ts'

const call = (ms: number, ...providers: readonly string[]) => {
  const attempts = providers.map((provider) => ({ provider, model: 'm', outcome: 'failed' }))
  const data = { facts: { attempts } }
  return { type: 'CallFinished', at: new Date(ms).toISOString(), data } as unknown as TaskEvent
}

test('a second provider is a fallback, the same one again a retry', () => {
  expect(whatWasRecorded([call(1, 'groq', 'gemini')], [])).toMatchObject({
    fellBack: true,
    retried: false,
  })
  expect(whatWasRecorded([call(1, 'groq', 'groq')], [])).toMatchObject({
    fellBack: false,
    retried: true,
  })
})

test('a kill counts for a task that had begun and not ended', () => {
  const events = [call(10, 'groq'), call(20, 'groq')]
  expect([5, 15, 25].map((ms) => whatWasRecorded(events, [ms]).killed)).toEqual([
    false,
    true,
    false,
  ])
})
