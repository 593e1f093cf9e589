import { describe, expect, test } from 'vitest'
import { durationEndsAt } from './decide-control.ts'
import { fold } from '../fold.ts'
import {
  after,
  answer,
  cancel,
  checkDuration,
  create,
  createWith,
  decideOn,
  pause,
  resume,
} from '../testing/task-command-fixtures.ts'
import { taskFailed } from '../testing/task-fact-fixtures.ts'
import { atMs, bornAt, optionsWith } from '../testing/task-fixtures.ts'
import { given } from '../testing/task-spec.ts'
import type { BornTask } from '../task.ts'
import type { TaskCommand } from '../task-command.ts'

const hourMs = 3_600_000
const limits = { limits: { durationMs: hourMs } }
const running = createWith({ a: [] }, limits)
const failed = taskFailed('The time limit of 60 minutes was reached.')
/** Milliseconds after its birth at which the task's time is up; null while it waits for a person. */
const endsAfterMs = (...commands: readonly TaskCommand[]) => {
  const endsAt = durationEndsAt(fold(after(...commands)) as BornTask)
  return endsAt === null ? null : endsAt - Date.parse(bornAt)
}

describe('the time limit', () => {
  test('ends a task that is still at work, not a moment before', () => {
    given(...after(running))
      .when(checkDuration(atMs(hourMs - 1)))
      .yields()
    given(...after(running))
      .when(checkDuration(atMs(hourMs)))
      .yields(failed)
  })

  test('holds for drafting too', () =>
    given(...after(create({ options: optionsWith(limits) })))
      .when(checkDuration(atMs(hourMs)))
      .yields(failed))

  test('says nothing to a task that has ended', () => {
    for (const end of [answer('a'), cancel()]) {
      given(...after(running, end))
        .when(checkDuration(atMs(2 * hourMs)))
        .yields()
    }
  })
})

describe('time that people take', () => {
  test('does not count while the task is paused', () => {
    const held = [running, pause(atMs(1_000))]
    given(...after(...held))
      .when(checkDuration(atMs(50 * hourMs)))
      .yields()
    const goingOn = [...held, resume(atMs(50 * hourMs))]
    expect(endsAfterMs(...goingOn)).toBe(51 * hourMs - 1_000)
    given(...after(...goingOn))
      .when(checkDuration(atMs(51 * hourMs - 1_001)))
      .yields()
    given(...after(...goingOn))
      .when(checkDuration(atMs(51 * hourMs - 1_000)))
      .yields(failed)
  })

  test('does not count while a plan waits for approval', () => {
    const asked = createWith({ a: [] }, { autonomy: 'approve-plan', ...limits })
    expect(endsAfterMs(asked)).toBeNull()
    const approved = decideOn('plan-v1', 'approve', { at: atMs(5 * hourMs) })
    expect(endsAfterMs(asked, approved)).toBe(6 * hourMs)
    const redraft = decideOn('plan-v1', 'redraft', { at: atMs(7 * hourMs) })
    expect(endsAfterMs(asked, redraft)).toBe(8 * hourMs)
  })

  test('does not count while a step waits for approval and nothing else goes on', () => {
    const asked = createWith({ a: [], b: [] }, { autonomy: 'approve-steps', ...limits })
    const begun = [asked, decideOn('plan-v1', 'approve', { at: bornAt })]
    expect(endsAfterMs(...begun)).toBeNull()
    const approveA = decideOn('step-a', 'approve', { at: atMs(2 * hourMs) })
    // Step b still asks, but step a is at work: that is the task's own time.
    expect(endsAfterMs(...begun, approveA)).toBe(3 * hourMs)
    const answered = answer('a', { at: atMs(2.5 * hourMs) })
    expect(endsAfterMs(...begun, approveA, answered)).toBeNull()
    const approveB = decideOn('step-b', 'approve', { at: atMs(10 * hourMs) })
    expect(endsAfterMs(...begun, approveA, answered, approveB)).toBe(10.5 * hourMs)
  })

  test('is not negative when a clock of another machine is behind', () => {
    const commands = [running, pause(atMs(5_000)), resume(atMs(4_000))]
    expect(fold(after(...commands))).toMatchObject({ waitedMs: 0, waitingSince: null })
  })

  test('stops counting at the end', () => {
    const task = fold(after(running, pause(atMs(1_000)), cancel()))
    expect(task).toMatchObject({ waitingSince: null })
    expect(JSON.stringify(task)).not.toContain('NaN')
  })
})
