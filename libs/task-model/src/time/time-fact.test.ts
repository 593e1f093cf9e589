import { expect, test } from 'vitest'
import { create } from '../testing/task-command-fixtures.ts'
import { createSimulation, liveToTheEnd } from '../testing/task-simulation.ts'
import { createTimeBook } from './time-book.ts'
import { timeFactOf } from './time-fact.ts'
import { timeOfTask } from './time-of-task.ts'

test('what is held of each event tells the same times as the events themselves, at every position', () => {
  const simulation = createSimulation(create())
  liveToTheEnd(simulation, () => 0)
  for (let end = 1; end <= simulation.events.length; end += 1) {
    const events = simulation.events.slice(0, end)
    const [byEvents, byFacts] = [createTimeBook(), createTimeBook()]
    for (const event of events) {
      byEvents.note(event)
      const fact = timeFactOf(event)
      if (fact !== null) byFacts.note(fact)
    }
    const atMs = Date.parse(events.at(-1)?.at ?? '')
    expect(timeOfTask(byFacts.read(atMs))).toEqual(timeOfTask(byEvents.read(atMs)))
  }
})
