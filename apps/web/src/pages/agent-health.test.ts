import { expect, test } from 'vitest'
import { agentHealth } from './agent-health.ts'

const of = (counts: Partial<Parameters<typeof agentHealth>[0]>) =>
  agentHealth({ calls: 100, failed: 0, retries: 0, fallbacks: 0, lost: 0, ...counts })

test('calls that are answered are healthy, also where a few of many fail', () => {
  expect(of({})).toEqual({ health: 'healthy', reason: '100 calls, none failed' })
  expect(of({ failed: 4 })).toEqual({ health: 'healthy', reason: '4 of 100 calls failed' })
  expect(of({ retries: 10, fallbacks: 9 }).health).toBe('healthy')
})

test('from one failure in twenty, or one call in five that is asked again, an agent is strained', () => {
  expect(of({ failed: 5 }).health).toBe('strained')
  expect(of({ retries: 12, fallbacks: 7, lost: 1 })).toEqual({
    health: 'strained',
    reason: '100 calls, none failed, 20 asked again',
  })
})

test('from one failure in five an agent fails, but a few calls do not show that', () => {
  expect(of({ failed: 20 }).health).toBe('failing')
  expect(of({ calls: 5, failed: 1 }).health).toBe('failing')
  expect(of({ calls: 1, failed: 1 })).toEqual({
    health: 'strained',
    reason: '1 of 1 call failed, too few to say more',
  })
})

test('an agent that nobody asked has no health', () => {
  expect(of({ calls: 0 }).health).toBe('not-asked')
})
