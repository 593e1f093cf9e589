import { TaskSummary } from '@maestro/contracts/task/task-endpoints'
import { expect, test } from 'vitest'
import { fold } from './fold.ts'
import { summaryOf } from './summary-of.ts'
import { after, answer, createWith } from './task-command-fixtures.ts'
import type { BornTask } from './task.ts'

test('a task’s line in a list fits its contract and counts steps, approvals and money', () => {
  const running = fold(after(createWith({ a: [], b: ['a'] }), answer('a'))) as BornTask
  expect(TaskSummary.parse(summaryOf(running))).toMatchObject({
    status: 'running',
    title: 'Rain',
    stepsDone: 1,
    stepsTotal: 2,
    openApprovals: 0,
    costNanoUsd: 1_000,
  })
  const asking = fold(after(createWith({ a: [] }, { autonomy: 'approve-plan' }))) as BornTask
  expect(summaryOf(asking)).toMatchObject({ status: 'awaiting-approval', openApprovals: 1 })
})
