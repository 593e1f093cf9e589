import { expect, test } from 'vitest'
import { toAddress } from './to-address.ts'

test('fills in parameters so that no value can leave its place', () => {
  expect(toAddress('/api/tasks/:taskId/events', { params: { taskId: 'a/b?c' } })).toBe(
    '/api/tasks/a%2Fb%3Fc/events',
  )
})

test('leaves out what is not asked for', () => {
  expect(toAddress('/api/tasks', { query: { status: undefined, q: '', limit: 5 } })).toBe(
    '/api/tasks?limit=5',
  )
})
