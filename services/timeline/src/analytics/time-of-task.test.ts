import { agentIdOf, PlanName, TaskId } from '@maestro/contracts/ids'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testHistory } from '../testing/test-history.ts'
import { createTimeBook } from '@maestro/task-model/time/time-book'
import { timeOfTask } from '@maestro/task-model/time/time-of-task'

const told = (events: readonly TaskEvent[]) => {
  const book = createTimeBook()
  for (const event of events) book.note(event)
  return timeOfTask(book.read())
}
const sumOf = (parts: object) =>
  Object.values(parts).reduce((sum: number, ms: number) => sum + ms, 0)
const startMs = Date.parse('2026-01-01T00:00:00.000Z')
/** The same events, each so long after the one before. */
const paced = (events: readonly TaskEvent[], paces: readonly number[]): TaskEvent[] => {
  let atMs = startMs
  return events.map((event, index) => {
    atMs += paces[index % paces.length] ?? 0
    return { ...event, at: new Date(atMs).toISOString() }
  })
}
const line = testHistory(TaskId.parse('task_timed'), 4)

test('of steps after each other all are critical, and none has slack', () => {
  const { criticalPath, steps } = told(paced(line, [100]))
  expect(criticalPath).toEqual(['step_s0', 'step_s1', 'step_s2', 'step_s3'])
  expect(steps.map(({ slackMs, isCritical }) => [slackMs, isCritical])).toEqual(
    Array.from({ length: 4 }, () => [0, true]),
  )
})

test('however long anything took, the parts of the task and of each step add up', () =>
  fc.assert(
    fc.property(fc.array(fc.nat(5_000), { minLength: 1, maxLength: 30 }), (paces) => {
      const { durationMs, time, steps, bottlenecks } = told(paced(line, paces))
      expect(sumOf(time)).toBe(durationMs)
      for (const step of steps) {
        expect(sumOf(step.time)).toBe(step.durationMs)
        expect(step.durationMs).toBeLessThanOrEqual(durationMs)
      }
      for (const { share } of [...bottlenecks.steps, ...bottlenecks.agents]) {
        expect(share).toBeLessThanOrEqual(1)
      }
    }),
  ))

test('a step of a held plan is timed for its own agent, not for the one of its name in the plan of the task', () => {
  const inside: TaskEvent[] = JSON.parse(
    JSON.stringify(line).replaceAll('"stepId":"step_s1"', '"stepId":"step_s0_i1_p-s1"'),
  )
  const events = inside.map((event, index): TaskEvent => {
    const planned = line[index]
    if (planned?.type !== 'PlanProposed') return event
    const held = planned.data.steps.map((step) => ({
      ...step,
      agentId: agentIdOf(planned.taskId, PlanName.parse('inner')),
    }))
    const [resultStepId] = held.map(({ stepId }) => stepId)
    if (resultStepId === undefined) throw new Error('nothing is planned')
    const steps = planned.data.steps.map((step) => ({
      ...step,
      subPlan: { steps: held, resultStepId },
    }))
    return { ...planned, data: { ...planned.data, steps } }
  })
  expect(told(events).steps.map(({ stepId, agent }) => [stepId, agent])).toEqual([
    ['step_s0', 'worker'],
    ['step_s0_i1_p-s1', 'inner'],
    ['step_s2', 'worker'],
    ['step_s3', 'worker'],
  ])
})

test('what came after the end takes no time', () => {
  const events = paced(line, [100])
  const last = events.at(-1)
  if (!last) throw new Error('there is no event')
  const late: TaskEvent = {
    ...last,
    type: 'BookmarkSet',
    data: { name: 'the end', position: 1 },
    seq: last.seq + 1,
    at: new Date(Date.parse(last.at) + 3_600_000).toISOString(),
  }
  expect(told([...events, late])).toEqual(told(events))
})

test('a history that is cut anywhere, and one whose clock runs backwards, can be told', () => {
  for (let end = 1; end <= line.length; end += 1) {
    const { time, durationMs } = told(line.slice(0, end))
    expect(sumOf(time)).toBe(durationMs)
  }
  const backwards = told(paced(line, [500, -400, 0, -3_600_000, 3_600_300]))
  expect(sumOf(backwards.time)).toBe(backwards.durationMs)
})
