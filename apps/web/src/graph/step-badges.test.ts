import { stepIdOf } from '@maestro/contracts/ids'
import type { BornTask, Step } from '@maestro/task-model/task'
import { expect, test } from 'vitest'
import { backoffWords } from './backoff-words.ts'
import { stepBadges } from './step-badges.ts'

const step = (change: Partial<Step> = {}): Step =>
  ({ stepId: stepIdOf('a'), agentId: 'agt_1_worker', calls: [], ...change }) as unknown as Step
const team = (change: Partial<BornTask> = {}): BornTask =>
  ({ agents: { agt_1_worker: { tools: ['read', 'send'] } }, ...change }) as unknown as BornTask
const kindsOf = (of: Step, around: Partial<Parameters<typeof stepBadges>[1]> = {}) =>
  stepBadges(of, { team: team(), unsafeTools: new Set(), bookmarks: [], ...around }).map(
    ({ kind }) => kind,
  )

const fallback = {
  calls: [
    { purpose: 'step', facts: { attempts: [{ outcome: 'failed' }, { outcome: 'answered' }] } },
  ],
} as unknown as Partial<Step>
const noted = {
  observation: { notes: [{ severity: 'major', text: 'It repeats itself.' }] },
} as unknown as Partial<Step>

test('a step of which nothing is to be known has no badge', () => {
  expect(kindsOf(step())).toEqual([])
})

test('what matters most stands first: only three are shown', () => {
  const everything = step({ ...noted, ...fallback, breakpoint: 'set', editedIn: 3 })
  expect(kindsOf(everything, { unsafeTools: new Set(['send']), bookmarks: ['the turn'] })).toEqual([
    'warning',
    'breakpoint',
    'edited',
    'fallback',
    'unsafe',
    'bookmark',
  ])
})

test('a step is edited as well when its agent was changed', () => {
  const changed = team({ earlierAgents: { agt_1_worker: [{}] } } as unknown as Partial<BornTask>)
  expect(kindsOf(step(), { team: changed })).toEqual(['edited'])
})

test('a step that waits for its next attempt says why and counts down', () => {
  const retryAt = '2026-01-01T00:00:18.000Z'
  const waits = step({
    phase: 'backoff',
    retryAt,
    calls: [{ purpose: 'step', failure: { class: 'rate_limited', message: '' } }],
  } as unknown as Partial<Step>)
  expect(backoffWords(waits, Date.parse('2026-01-01T00:00:00.400Z'))).toBe('rate limited, 00:18')
  expect(backoffWords(waits, Date.parse('2026-01-01T00:01:00.000Z'))).toBe('rate limited, 00:00')
  expect(backoffWords(step({ phase: 'calling', retryAt }), 0)).toBeNull()
})
