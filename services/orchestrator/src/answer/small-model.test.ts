import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { decide } from '@maestro/task-model/decide'
import { evolve } from '@maestro/task-model/evolve'
import { fold } from '@maestro/task-model/fold'
import type { BornTask, Task } from '@maestro/task-model/task'
import { after, create } from '@maestro/task-model/testing/task-command-fixtures'
import {
  draftPlace,
  factsWith,
  orchestrator,
  refOf,
} from '@maestro/task-model/testing/task-fixtures'
import { waysToBreakJson } from '@maestro/testkit/providers/break-json'
import { expect, test } from 'vitest'
import { createToolRegistry } from '../tools/tool-registry.ts'
import { commandFromAnswer } from './command-from-answer.ts'

const plan = {
  plan: {
    agents: [{ name: 'worker', prompt: "Work.\nDon't guess.", description: 'works', tools: [] }],
    steps: [
      {
        name: 'a',
        title: 'A',
        agent: 'worker',
        instruction: 'do',
        promise: { description: 'a text' },
      },
    ],
  },
  rationale: 'because',
}
const json = JSON.stringify(plan, null, 2)

const live = (...answers: readonly string[]): BornTask => {
  let task: Task = fold(after(create()))
  for (const [index, text] of answers.entries()) {
    if (task.status === 'unborn') throw new Error('no task')
    const { command } = commandFromAnswer({
      task,
      place: draftPlace('planner', { turn: index + 1 }),
      answer: { text, reasoning: '', finish: 'stop', toolCalls: [], providerParts: null },
      answerRef: refOf('answer'),
      facts: factsWith({ costNanoUsd: nanoUsd(1) }),
      world: { toolNames: [], inputNames: [] },
      registry: createToolRegistry([]),
      base: { at: '2026-01-01T00:00:01.000Z', actor: orchestrator },
    })
    task = decide(command, task).reduce(evolve, task)
  }
  if (task.status === 'unborn') throw new Error('no task')
  return task
}

const says = (how: string) =>
  waysToBreakJson.find(({ does }) => does === how)?.spoil(json) ?? 'no such way'
const waysThat = (are: { certain: boolean }) =>
  waysToBreakJson.filter(({ certain }) => certain === are.certain).map(({ does }) => does)

test.each(waysThat({ certain: true }))('a model that %s is understood at once', (how) => {
  expect(live(says(how))).toMatchObject({
    versions: [{ version: 1, agents: [{ prompt: { preview: "Work. Don't guess." } }] }],
    drafting: { jobs: { planner: { phase: 'done', turn: 1 } } },
  })
})

const uncertain = waysThat({ certain: false })

test.each(uncertain)('a model that %s is asked to repair it, once', (how) => {
  expect(live(says(how))).toMatchObject({
    versions: [],
    drafting: { jobs: { planner: { phase: 'calling', turn: 2, repair: expect.any(String) } } },
  })
  expect(live(says(how), json)).toMatchObject({ versions: [{ version: 1 }], status: 'drafting' })
})

test.each(uncertain)('a model that %s again ends the task with what was wrong', (how) => {
  expect(live(says(how), says(how))).toMatchObject({
    status: 'failed',
    failure: expect.stringMatching(
      /^The Planner's answer could not be used, also after one repair: It (is not valid JSON|does not fit the schema)/,
    ),
  })
})
