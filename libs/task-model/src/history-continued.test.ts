import { type TaskEvent, taskEventData } from '@maestro/contracts/task/task-events'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { fold } from './fold.ts'
import { recordedHistories } from './testing/recorded-histories.ts'
import { goOnFrom, liveToTheEnd } from './testing/task-simulation.ts'

// A busy machine may take its time.
vi.setConfig({ testTimeout: 60_000 })

/** Facts that nothing of the same command goes before: up to them everything was committed. */
const opensCommand: ReadonlySet<TaskEvent['type']> = new Set([
  'CallFinished',
  'CallFailed',
  'ToolAnswered',
  'ConditionEvaluated',
  'WhileEvaluated',
  'OutputsCollected',
  'BreakpointSet',
  'GuidanceGiven',
  'AgentModified',
  'TaskStepped',
])

/** What a lost attempt cost is booked with its call, what a person answers is the answer of the tool at once, and what the judge wants of an agent may be done at once. */
const goesBefore: ReadonlySet<TaskEvent['type'] | undefined> = new Set([
  'CallLost',
  'ApprovalDecided',
  'ObserverNoted',
])

/** Where a version that went away may have left a task: before each of its commands, and at the end of what it wrote. */
const placesIn = (events: readonly TaskEvent[]): readonly number[] => [
  ...events.flatMap(({ type }, index) =>
    opensCommand.has(type) && !goesBefore.has(events[index - 1]?.type) ? [index] : [],
  ),
  events.length,
]

const begun = recordedHistories.flatMap(([name, { events }]) =>
  placesIn(events).map((place) => ({ name, past: events.slice(0, place) })),
)

const continued = (past: readonly TaskEvent[], choices: readonly number[] = []) => {
  const simulation = goOnFrom(past)
  const drawn = choices.values()
  liveToTheEnd(simulation, (below) => {
    const choice = drawn.next().value ?? 0
    return below <= 0 ? 0 : choice % below
  })
  return simulation
}

describe('a task that an earlier version of the rules began', () => {
  test.each(recordedHistories)('comes to its end, from wherever in %s', (_, { events }) => {
    for (const place of placesIn(events)) {
      const simulation = continued(events.slice(0, place))
      expect(['succeeded', 'failed', 'cancelled']).toContain(simulation.task().status)
    }
  })

  test('comes to its end whatever happens, keeps what was written, and asks for nothing twice', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...begun),
        fc.array(fc.nat(1_000_000), { maxLength: 200, size: 'max' }),
        ({ past }, choices) => {
          const { events, open, askedCallIds, task } = continued(past, choices)
          expect(events.slice(0, past.length)).toEqual(past)
          expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
          for (const { type, data } of events) expect(taskEventData[type].parse(data)).toEqual(data)
          expect(fold(events)).toEqual(task())
          expect(['succeeded', 'failed', 'cancelled']).toContain(task().status)
          const left = [...open.values()].filter(({ kind }) => kind !== 'cancel-calls')
          expect(left).toEqual([])
          expect(new Set(askedCallIds).size).toBe(askedCallIds.length)
        },
      ),
      { numRuns: 200 },
    ))
})
