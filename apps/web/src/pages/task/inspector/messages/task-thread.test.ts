import type { AgentId, StepId } from '@maestro/contracts/ids'
import { fold } from '@maestro/task-model/fold'
import {
  after,
  answer,
  answerTool,
  createWith,
} from '@maestro/task-model/testing/task-command-fixtures'
import { tell } from '@maestro/task-model/testing/steering-command-fixtures'
import { expect, test } from 'vitest'
import { isTalk, taskThread } from './task-thread.ts'

const events = after(
  createWith({ a: [], b: [] }),
  answer('a', { tools: ['t1'] }),
  answer('b'),
  tell(null, 'Be brief.'),
  answerTool('a', 't1'),
)
const task = fold(events)
const cast = {
  agentOf: (stepId: StepId) =>
    task.status === 'unborn' ? null : (task.steps[stepId]?.agentId ?? null),
  nameOf: (agentId: AgentId) => agentId,
}
const thread = taskThread(events, cast)

test('what is said in several steps stands in the order in which it was said, each with its step', () => {
  const seqs = thread.map(({ seq }) => seq)
  expect(seqs).toEqual(seqs.toSorted((one, other) => one - other))
  expect(new Set(thread.map(({ stepId }) => stepId))).toEqual(new Set(['step_a', 'step_b', null]))
})

test('words to the whole task are told once', () => {
  expect(thread.filter(({ to }) => to === 'every agent')).toHaveLength(1)
})

test('nothing that is told is lost when only talk is held', () => {
  expect(taskThread(events.filter(isTalk), cast)).toEqual(thread)
})
