import { fold } from '@maestro/task-model/fold'
import {
  after,
  answer,
  answerTool,
  createWith,
} from '@maestro/task-model/testing/task-command-fixtures'
import { expect, test } from 'vitest'
import type { TaskEventAt } from '../../../live/task-event-at.ts'
import { logLineOf } from './log-line.ts'
import { createToolOf } from './tool-of.ts'

const events = after(createWith({ a: [] }), answer('a', { tools: ['t1'] }), answerTool('a', 't1'))
const placed = events.map((event, index): TaskEventAt => ({
  seq: index + 1,
  atMs: index,
  kind: event.type,
  event,
}))
const held = (from: number) => (seq: number) => (seq >= from ? placed[seq - 1] : undefined)
const seqOf = (type: string) => placed.findIndex(({ kind }) => kind === type) + 1
const answered = placed[seqOf('ToolAnswered') - 1]
if (answered === undefined || fold(events).status === 'unborn') throw new Error('no tool answered')

test('an answer is of the tool that was called, and its line says so', () => {
  const tool = createToolOf(held(1))(answered)
  expect(tool).toMatch(/\w/)
  const line = logLineOf(answered, tool)
  expect(line.tool).toBe(tool)
  expect(line.text).toMatch(new RegExp(`^${tool} answered in`))
})

test('where the call is not here yet, that is said, and found out once it is', () => {
  let from = seqOf('ToolCalled') + 1
  const toolOf = createToolOf((seq) => held(from)(seq))
  expect(toolOf(answered)).toBeUndefined()
  from = 1
  expect(toolOf(answered)).toMatch(/\w/)
  // It is remembered: what was let go of meanwhile is not asked for again.
  from = seqOf('ToolAnswered')
  expect(toolOf(answered)).toMatch(/\w/)
})

test('what no tool does is of none', () => {
  const [first] = placed
  expect(first && createToolOf(held(1))(first)).toBeNull()
})
