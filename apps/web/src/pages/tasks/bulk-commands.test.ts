import type { TaskStatus } from '@maestro/contracts/task/task-status'
import { expect, test } from 'vitest'
import { takersOf } from './bulk-commands.ts'

const lines = (
  [
    'drafting',
    'awaiting-approval',
    'running',
    'paused',
    'succeeded',
    'failed',
    'cancelled',
  ] as const
).map((status: TaskStatus) => ({ status }))
const statuses = (command: Parameters<typeof takersOf>[0]) =>
  takersOf(command, lines).map(({ status }) => status)

test('what has ended takes no command, and only what is paused goes on', () => {
  expect(statuses('pause')).toEqual(['drafting', 'running'])
  expect(statuses('resume')).toEqual(['paused'])
  expect(statuses('cancel')).toEqual(['drafting', 'awaiting-approval', 'running', 'paused'])
})
