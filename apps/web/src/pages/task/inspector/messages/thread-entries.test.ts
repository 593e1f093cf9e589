import { type AgentId, stepIdOf } from '@maestro/contracts/ids'
import type { StepMode } from '@maestro/contracts/task/step-mode'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { judgeResult, judgeWith } from '@maestro/task-model/testing/judge-command-fixtures'
import { tell } from '@maestro/task-model/testing/steering-command-fixtures'
import {
  after,
  answer,
  answerTool,
  createWith,
  judgeOutput,
  refuseStep,
} from '@maestro/task-model/testing/task-command-fixtures'
import { critic, worker } from '@maestro/task-model/testing/task-fixtures'
import { expect, test } from 'vitest'
import { concernsStep } from '../concerns-step.ts'
import { threadEntries } from './thread-entries.ts'

const names = new Map<AgentId, string>([
  [worker, 'Worker'],
  [critic, 'Critic'],
])
const linesOf = (events: readonly TaskEvent[], name: string) =>
  threadEntries(
    events.filter((event) => concernsStep(event, stepIdOf(name))),
    { own: 'Worker', nameOf: (id) => names.get(id) ?? id },
  ).map(({ from, title }) => `${from} ${title}`)

test('an agent, its tools, the judge and what follows from a judgement stand in their order', () => {
  const events = after(
    createWith({ a: {} }, { judge: judgeWith() }),
    answer('a', { tools: ['t1'] }),
    answerTool('a', 't1', { ok: false }),
    judgeResult('a', 'revise', { words: 'say in which year' }),
    answer('a', { turn: 2 }),
  )
  expect(linesOf(events, 'a')).toEqual([
    'Maestro Attempt 1',
    'Worker calls',
    'read_input fails',
    'Judge wants it revised',
    'Observer asks for a revision',
    'Worker answers',
  ])
})

test('those who refine an output speak under their own names, and nothing is said twice', () => {
  const mode: StepMode = { kind: 'collaborative', agentIds: [critic], roundsMax: 2 }
  const events = after(
    createWith({ a: { mode } }),
    answer('a', { text: 'one' }),
    judgeOutput('a', 2, 'revise', 'two'),
    judgeOutput('a', 3, 'good'),
  )
  expect(linesOf(events, 'a')).toEqual([
    'Maestro Attempt 1',
    'Worker answers',
    'Worker proposes version 1',
    'Maestro asks for a judgement, round 1',
    'Critic wants version 1 revised',
    'Critic proposes version 2',
    'Maestro asks for a judgement, round 1',
    'Worker finds version 2 good',
    'Maestro takes the output',
  ])
})

test('what a person says to all agents is heard in each step, to one step in that alone', () => {
  const events = after(createWith({ a: {}, b: {} }), tell(null, 'in metres'), tell('a', 'be brief'))
  const said = (name: string) => linesOf(events, name).filter((line) => line === 'ada says').length
  expect(said('a')).toBe(2)
  expect(said('b')).toBe(1)
})

test('an answer that is not taken is followed by why', () => {
  const events = after(createWith({ a: {} }), refuseStep('a', 'no JSON'))
  expect(linesOf(events, 'a')).toContain('Maestro does not take the answer')
  expect(linesOf(events, 'a')).toContain('Maestro asks for a repair')
})
