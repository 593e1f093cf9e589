import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { createLogger } from '@maestro/service-kit/logger'
import { create } from '@maestro/task-model/testing/task-command-fixtures'
import { createSimulation, liveToTheEnd } from '@maestro/task-model/testing/task-simulation'
import { toolRefused } from '@maestro/task-model/testing/task-fact-fixtures'
import { expect, test } from 'vitest'
import { createMilestoneLog } from './log-milestones.ts'

test('a task is followed from its creation to its end, each step by its id, and no text is told', () => {
  const lines: Record<string, unknown>[] = []
  const log = createLogger({
    service: 'orchestrator',
    copy: 'o-1',
    level: 'info',
    collect: (line) => lines.push(JSON.parse(line)),
  })
  const simulation = createSimulation(create())
  liveToTheEnd(simulation, () => 0)
  createMilestoneLog({ log })(simulation.events)
  const told = lines.map(({ msg }) => msg)
  expect(told[0]).toBe('task created')
  expect(told.at(-1)).toBe('task succeeded')
  expect(lines.find(({ msg }) => msg === 'step finished')).toMatchObject({
    taskId: 'task_1',
    stepId: expect.stringMatching(/^step_/),
    attempt: 1,
  })
  const known = new Set(
    'level time service copy msg taskId seq stepId attempt turn callId failureClass'.split(' '),
  )
  expect(lines.flatMap((line) => Object.keys(line)).filter((name) => !known.has(name))).toEqual([])
})

test('a tool that a model made up is named in no line', () => {
  const lines: string[] = []
  const log = createLogger({
    service: 'orchestrator',
    copy: 'o-1',
    level: 'info',
    collect: (line) => lines.push(line),
  })
  const { data, ...event } = toolRefused('a', 't1')
  const madeUp = { ...data, tool: 'SECRET_OF_A_MODEL' }
  createMilestoneLog({ log })([{ ...event, taskId: 'task_1', seq: 7, data: madeUp } as TaskEvent])
  expect(lines.join()).toContain('tool refused')
  expect(lines.join()).not.toContain('SECRET')
})
