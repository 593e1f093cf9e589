import { LogBatch } from '@maestro/contracts/log/log-batch'
import { expect, test } from 'vitest'
import { logRowsOf } from './log-row.ts'

const batchOf = (...lines: readonly object[]) =>
  LogBatch.parse({
    service: 'llm-router',
    copy: 'r-1',
    instance: 'abc',
    first: 7,
    lines: lines.map((line) => ({ level: 30, time: '2026-01-01T00:00:00.000Z', ...line })),
  })

test('a line is found by what it is about: its level and those below, its service, task, step, call', () => {
  const [row] = logRowsOf(
    batchOf({
      level: 50,
      taskId: 'task_1',
      stepId: 'step_list_i2',
      callId: 'call_1_list_1_1',
      provider: 'groq',
      traceId: 'f00',
      msg: 'broke',
    }),
  )
  expect(row?.facets.split('\n')).toEqual([
    '=level=info',
    '=level=warn',
    '=level=error',
    '=service=llm-router',
    '=copy=r-1',
    '=task=task_1',
    '=step=step_list_i2',
    '=call=call_1_list_1_1',
    '=provider=groq',
    '=trace=f00',
    '=step=list',
  ])
  expect(row).toMatchObject({ instance: 'abc', seq: 7, taskId: 'task_1', step: 'list' })
})

test('a call tells whose task it is, and nonsense tells of none', () => {
  const [called, odd] = logRowsOf(
    batchOf({ callId: 'call_1_draft_1_planner_1' }, { taskId: 5, callId: 'x', stepId: 'a b' }),
  )
  expect(called?.taskId).toBe('task_1')
  expect(odd).toMatchObject({ taskId: null, step: null, seq: 8 })
})

test('the words of a line are its message and the texts of its fields, addresses left out', () => {
  const [row] = logRowsOf(
    batchOf({
      msg: 'a step failed',
      taskId: 'task_1',
      reason: 'no answer',
      err: { message: 'refused' },
    }),
  )
  expect(row?.text.split(' ')).toEqual(expect.arrayContaining(['failed', 'answer', 'refused']))
  expect(row?.text).not.toContain('task_1')
})
