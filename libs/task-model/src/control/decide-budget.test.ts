import { describe, expect, test } from 'vitest'
import { effectsOf } from '../effects-of.ts'
import { fold } from '../fold.ts'
import {
  after,
  cancel,
  createWith,
  failStep,
  pause,
  resume,
  resumeWithBudget,
} from '../testing/task-command-fixtures.ts'
import { fact, moneyWithdrawn, turnStarted } from '../testing/task-fact-fixtures.ts'
import { atMs, refusedUntil } from '../testing/task-fixtures.ts'
import { given } from '../testing/task-spec.ts'
import type { BornTask } from '../task.ts'

const windowEnd = atMs(60_000)
const refused = failStep('a', 'budget', { refusal: refusedUntil(windowEnd) })
const waiting = [createWith({ a: [] }), refused]
const goesOn = [fact('TaskResumed', {}), moneyWithdrawn(), turnStarted('a', 2)]
const raised = (limit: number | null, budgetId = 'global') =>
  resumeWithBudget({ kind: 'limit', budgetId, limit })

describe('a task without money', () => {
  test('keeps which budget refused it, by how much and until when', () =>
    expect(fold(after(...waiting))).toMatchObject({
      status: 'paused',
      pause: { reason: 'budget', refusal: refusedUntil(windowEnd) },
    }))

  test('goes on when the budget that refused it has a higher limit, or is gone', () => {
    for (const command of [raised(1_001), raised(null)]) {
      given(...after(...waiting))
        .when(command)
        .yields(...goesOn)
    }
  })

  test('waits on when the limit would refuse again, or is that of another budget', () => {
    for (const command of [raised(1_000), raised(999), raised(9_999, 'task_other')]) {
      given(...after(...waiting))
        .when(command)
        .yields()
    }
  })

  test('goes on when the window ends, not a moment before', () => {
    given(...after(...waiting))
      .when(resumeWithBudget({ kind: 'window' }, atMs(59_999)))
      .yields()
    given(...after(...waiting))
      .when(resumeWithBudget({ kind: 'window' }, windowEnd))
      .yields(...goesOn)
  })

  test('without a window waits for a limit alone', () =>
    given(...after(createWith({ a: [] }), failStep('a', 'budget', { refusal: refusedUntil(null) })))
      .when(resumeWithBudget({ kind: 'window' }, atMs(10 ** 9)))
      .yields())

  test('that a person paused, or that goes on or has ended, is not moved by money', () => {
    const others = [
      [createWith({ a: [] }), pause()],
      [...waiting, resume()],
      [...waiting, cancel()],
    ]
    for (const commands of others) {
      given(...after(...commands))
        .when(raised(null))
        .yields()
    }
  })

  test('looks again at once, in case the limit was raised while it was refused', () => {
    const events = after(...waiting)
    const paused = events.findIndex(({ type }) => type === 'TaskPaused') + 1
    const task = fold(events.slice(0, paused)) as BornTask
    const last = events[paused - 1]
    expect(last && effectsOf(last, task)).toEqual([
      { id: 'resume-with-budget', dueAt: null, kind: 'resume-with-budget' },
    ])
  })
})
