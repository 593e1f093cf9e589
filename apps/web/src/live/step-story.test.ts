import { fold } from '@maestro/task-model/fold'
import { outlineOf } from '@maestro/task-model/outline-of'
import type { Step, Task } from '@maestro/task-model/task'
import { create } from '@maestro/task-model/testing/task-command-fixtures'
import { createSimulation, liveToTheEnd } from '@maestro/task-model/testing/task-simulation'
import { expect, test } from 'vitest'
import { createStepStory } from './step-story.ts'
import type { TaskEventAt } from './task-event-at.ts'
import { stepIdOf } from './task-ticks.ts'

const simulation = createSimulation(create())
liveToTheEnd(simulation, () => 0)
const all = simulation.events
const placed = all.map((event): TaskEventAt => ({
  seq: event.seq,
  atMs: Date.parse(event.at),
  kind: event.type,
  event,
}))
const wholeAt = (seq: number, stepId: Step['stepId']) => {
  const task = fold(all.slice(0, seq))
  return task.status === 'unborn' ? null : (task.steps[stepId] ?? null)
}
const outlineAt = (seq: number): Task => {
  const task = fold(all.slice(0, seq))
  return task.status === 'unborn' ? task : outlineOf(task)
}

const setup = (held: (seq: number) => boolean = () => false) => {
  const asked: number[] = []
  const waiting: (() => void)[] = []
  const story = createStepStory({
    stateAt: async (seq) => outlineAt(seq),
    readEvents: async ({ after, limit }) => {
      asked.push(after)
      return placed.slice(after, after + Math.min(limit, 7))
    },
    eventAt: (seq) => (held(seq) ? placed[seq - 1] : undefined),
    firstOf: (stepId) => {
      const index = placed.findIndex((event) => stepIdOf(event) === stepId)
      return index === -1 ? null : index + 1
    },
    onTaken: () => {
      if (story.reading() === null) for (const go of waiting.splice(0)) go()
    },
  })
  const read = async (stepId: Step['stepId'], seq: number) => {
    const now = story.at({ stepId, seq })
    if (now !== null) return now
    if (story.reading() === null) return null
    await new Promise<void>((resolve) => void waiting.push(resolve))
    return story.at({ stepId, seq })
  }
  return { asked, read, story }
}

test('[W1] at every position after its first event a step is told with the turns and calls that the whole history gives it', async () => {
  const task = simulation.task()
  for (const stepId of task.order) {
    const { read } = setup()
    const first = placed.findIndex((event) => stepIdOf(event) === stepId) + 1
    // Backwards as well: what was read once is gone on from.
    for (const seq of [first, all.length, first + 3, Math.floor((first + all.length) / 2)])
      if (seq <= all.length) expect(await read(stepId, seq)).toEqual(wholeAt(seq, stepId))
  }
})

test('live it goes on with the events that are here, and asks for none', async () => {
  const stepId = simulation.task().order[0]
  if (stepId === undefined) throw new Error('there is no step')
  const first = placed.findIndex((event) => stepIdOf(event) === stepId) + 1
  const { asked, read, story } = setup((seq) => seq > first + 5)
  await read(stepId, first + 5)
  const before = asked.length
  for (let seq = first + 6; seq <= all.length; seq += 1)
    expect(story.at({ stepId, seq })).toEqual(wholeAt(seq, stepId))
  expect(asked).toHaveLength(before)
})

test('a step of which nothing has happened yet is not told', async () => {
  const stepId = simulation.task().order.at(-1)
  if (stepId === undefined) throw new Error('there is no step')
  const { story } = setup()
  expect(story.at({ stepId, seq: 1 })).toBeNull()
  expect(story.reading()).toBeNull()
})
