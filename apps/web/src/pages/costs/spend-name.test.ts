import { agentIdOf, TaskId } from '@maestro/contracts/ids'
import { expect, test } from 'vitest'
import { spendName } from './spend-name.ts'

test('a line of the ledger is called as people call it', () => {
  const agentId = agentIdOf(TaskId.parse('task_1'), 'web-researcher')
  expect(spendName('agentId', { agentId })).toBe('web-researcher')
  expect(spendName('agentId', { agentId: null })).toBe('Drafting of plans')
  expect(spendName('model', { provider: 'groq', model: 'small' })).toBe('Groq small')
  expect(spendName('purpose', { purpose: 'observe' })).toBe('Judging results')
})
