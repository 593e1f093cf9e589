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

/** A small model: what it says instead of the plan that it means. */
const smallModel: Record<string, string> = {
  'puts it into a fence': `\`\`\`json\n${json}\n\`\`\``,
  'talks around it': `Sure! Here is the plan:\n${json}\nLet me know if it helps.`,
  'leaves a comma before the end': json.replace(/\n}$/, ',\n}').replace('"a text"', '"a text",'),
  'writes line ends into its texts': json.replaceAll('\\n', '\n'),
  'explains itself in comments': json.replace('{', '{ // the plan\n /* of one step */'),
  'quotes with single marks': json.replaceAll('"', "'"),
  'is cut off': json.slice(0, -30),
  'invents names of fields': json.replace('"steps"', '"tasks"'),
  'writes a text instead of a list': json.replace('"tools": []', '"tools": "none"'),
  'says it twice': `${json}\n${json}`,
  'writes NaN': json.replace('"because"', 'NaN'),
}

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

const isCertain = [
  'puts it into a fence',
  'talks around it',
  'leaves a comma before the end',
  'writes line ends into its texts',
  'explains itself in comments',
]
const says = (how: string) => smallModel[how] ?? ''

test.each(isCertain)('a model that %s is understood at once', (how) => {
  expect(live(says(how))).toMatchObject({
    versions: [{ version: 1, agents: [{ prompt: { preview: "Work. Don't guess." } }] }],
    drafting: { jobs: { planner: { phase: 'done', turn: 1 } } },
  })
})

const uncertain = Object.keys(smallModel).filter((how) => !isCertain.includes(how))

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
