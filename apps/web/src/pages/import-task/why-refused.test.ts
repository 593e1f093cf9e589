import { AppError } from '@maestro/contracts/errors'
import { expect, test } from 'vitest'
import { whyRefused } from './why-refused.ts'

test('a file that was altered is refused with the line and the event', () => {
  const details = { line: 12, seq: 10, problem: 'it was changed' }
  expect(whyRefused(new AppError('TASK_FILE_REFUSED', details))).toEqual({
    message: 'Line 12 (at event 10): it was changed.',
    taskId: null,
  })
  const first = { line: 1, seq: null, problem: 'it does not begin as the file of a task does' }
  expect(whyRefused(new AppError('TASK_FILE_REFUSED', first))?.message).toMatch(/^Line 1: it does/)
})

test('a task that is here is named, so that it can be opened', () => {
  const error = new AppError('TASK_EXISTS', { taskId: 'task_a', seq: 4 })
  expect(whyRefused(error)?.taskId).toBe('task_a')
})

test('whoever stops it is told nothing', () => {
  expect(whyRefused(new DOMException('stopped', 'AbortError'))).toBeNull()
  expect(whyRefused(new Error('broken'))?.message).toBe('broken')
})
