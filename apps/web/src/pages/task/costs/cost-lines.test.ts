import { fold } from '@maestro/task-model/fold'
import { create } from '@maestro/task-model/testing/task-command-fixtures'
import { createSimulation, liveToTheEnd } from '@maestro/task-model/testing/task-simulation'
import { expect, test } from 'vitest'
import { costsBy } from '../../../paths.ts'
import { costFactOf, spentByFacts } from './cost-facts.ts'
import { costLines } from './cost-lines.ts'

const simulation = createSimulation(create())
liveToTheEnd(simulation, () => 0)

const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0)

test('however costs are told apart, at every position they add up to what the task has cost', () => {
  for (let end = 1; end <= simulation.events.length; end += 1) {
    const task = fold(simulation.events.slice(0, end))
    if (task.status === 'unborn') throw new Error('the task is not born')
    for (const by of costsBy) {
      const lines = costLines(task, by)
      expect(sum(lines.map(({ costNanoUsd }) => costNanoUsd))).toBe(task.totals.costNanoUsd)
      expect(lines.some(({ key }) => key === 'rest')).toBe(false)
    }
  }
})

test('each step has a line, drafting one of its own, and the dearest stands first', () => {
  const task = simulation.task()
  const lines = costLines(task, 'step')
  expect(lines.flatMap(({ stepId }) => stepId ?? []).toSorted()).toEqual(task.order.toSorted())
  expect(lines.filter(({ key }) => key === 'drafting')).toHaveLength(1)
  const costs = lines.map(({ costNanoUsd }) => costNanoUsd)
  expect(costs).toEqual(costs.toSorted((one, other) => other - one))
  expect(sum(lines.map(({ inputTokens }) => inputTokens))).toBe(task.totals.inputTokens)
})

test('told by the events of a long task, the lines are those that its state tells', () => {
  for (let end = 1; end <= simulation.events.length; end += 1) {
    const events = simulation.events.slice(0, end)
    const task = fold(events)
    if (task.status === 'unborn') throw new Error('the task is not born')
    const facts = events.flatMap(
      (event) => costFactOf({ seq: event.seq, atMs: 0, kind: event.type, event }) ?? [],
    )
    // Of a call that runs, nothing is told yet.
    const told = (lines: ReturnType<typeof costLines>) => lines.filter(({ calls }) => calls > 0)
    for (const by of costsBy)
      expect(told(costLines(task, by, spentByFacts(task, facts)))).toEqual(
        told(costLines(task, by)),
      )
  }
})
