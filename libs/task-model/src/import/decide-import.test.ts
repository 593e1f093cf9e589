import type { TaskEvent } from '@maestro/contracts/task/task-events'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { decide } from '../decide.ts'
import { closedBy, effectsOf } from '../effects-of.ts'
import { evolve } from '../evolve.ts'
import { fold } from '../fold.ts'
import { summaryOf } from '../summary-of.ts'
import type { Choose } from '../testing/effect-answers.ts'
import { foldOutlines, outlined } from '../testing/fold-outlines.ts'
import {
  after,
  answer,
  createWith,
  decideOn,
  pause,
  skip,
} from '../testing/task-command-fixtures.ts'
import { importFile } from '../testing/import-command-fixtures.ts'
import { ada } from '../testing/task-fixtures.ts'
import { createSimulation, liveToTheEnd } from '../testing/task-simulation.ts'
import type { Approval, BornTask, Step } from '../task.ts'

vi.setConfig({ testTimeout: 60_000 })

const importedAt = importFile().at
const setBookmark = {
  type: 'SetBookmark',
  name: 'here',
  position: 1,
  at: importedAt,
  actor: ada,
} as const
const born = (events: readonly TaskEvent[]): BornTask => {
  const task = fold(events)
  if (task.status === 'unborn') throw new Error('the task is not born')
  return task
}
const imported = (events: readonly TaskEvent[], more = {}) => {
  const before = born(events)
  const decided = decide(importFile(more), before)
  const [event] = decided
  if (event === undefined || decided.length > 1) throw new Error('one event makes it imported')
  return { before, event, task: evolve(before, event) as BornTask }
}

test('a task that had ended is as it was, and says where it came from', () => {
  const events = after(createWith({ a: [] }), answer('a'))
  const { before, event, task } = imported(events, { from: 'https://other.example' })
  const { seq, updatedAt, ...rest } = before
  expect(task).toEqual({
    ...rest,
    seq: seq + 1,
    updatedAt: importedAt,
    imported: {
      at: importedAt,
      by: ada.id,
      head: seq,
      from: 'https://other.example',
      missing: 0,
    },
  })
  expect(event.data).not.toHaveProperty('stoppedAt')
  expect(updatedAt).not.toBe(importedAt)
  expect(summaryOf(task).imported).toEqual({ at: importedAt, from: 'https://other.example' })
})

test('one that had not ends where its file does, not when it came here', () => {
  const { before, task } = imported(after(createWith({ a: [], b: ['a'] }), pause()))
  expect(task).toMatchObject({
    status: 'cancelled',
    stage: 'ended',
    pause: null,
    endedAt: before.updatedAt,
    imported: { isCut: true, head: before.seq },
    waitingSince: null,
  })
  // The months in which its file lay about are nobody's waiting time.
  expect(task.waitedMs).toBe(0)
  expect(task.failure).toContain('had not ended')
})

test('whatever it had come to, nothing of it is open any more, and nothing is asked for', () =>
  fc.assert(
    fc.property(
      fc.array(fc.nat(1_000), { maxLength: 120 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom('auto' as const, 'approve-plan' as const, 'approve-steps' as const),
      (whims, share, autonomy) => {
        const left = [...whims]
        const choose: Choose = (count) => (count === 0 ? 0 : (left.shift() ?? 0) % count)
        const simulation = createSimulation(createWith({ a: [], b: ['a'] }, { autonomy }))
        liveToTheEnd(simulation, choose)
        const length = Math.max(1, Math.round(share * simulation.events.length))
        const { before, event, task } = imported(simulation.events.slice(0, length))
        expect(effectsOf(event, task)).toEqual([])
        expect(closedBy(event, before)).toBe('all-but-calls')
        expect(task.stage).toBe('ended')
        const { approvals, steps } = task
        expect(
          Object.values<Approval>(approvals).filter(({ status }) => status === 'open'),
        ).toEqual([])
        const going = ['running', 'retrying', 'queued', 'needs-you']
        expect(Object.values<Step>(steps).filter(({ status }) => going.includes(status))).toEqual(
          [],
        )
        // What its machinery may still say changes nothing.
        expect(decide(answer('a'), task)).toEqual([])
      },
    ),
    { numRuns: 60 },
  ))

test('what people want of it is refused with what is possible, but for bookmarks', () => {
  const { task } = imported(after(createWith({ a: [], b: ['a'] }, { autonomy: 'approve-plan' })))
  for (const command of [pause(), skip('b', 'not needed'), decideOn('plan-v1', 'approve')]) {
    expect(() => decide(command, task)).toThrow(
      expect.objectContaining({
        code: 'TASK_READ_ONLY',
        details: { taskId: task.taskId, importedAt, allowed: expect.any(Array) },
      }),
    )
  }
  const [bookmark] = decide(setBookmark, task)
  expect(bookmark).toMatchObject({ type: 'BookmarkSet', seq: task.seq + 1 })
})

test('it can be exported and imported once more: the newest import counts', () => {
  const first = imported(after(createWith({ a: [] }), answer('a')), { from: 'https://one.example' })
  const bookmark = decide(setBookmark, first.task)
  const events = [...after(createWith({ a: [] }), answer('a')), first.event, ...bookmark]
  const second = imported(events, { from: 'https://two.example' })
  expect(second.task.imported).toMatchObject({ from: 'https://two.example', head: events.length })
  expect(outlined(foldOutlines([...events, second.event], 1))).toEqual(outlined(second.task))
})
