import { TaskSummary } from '@maestro/contracts/task/task-endpoints'
import { expect, test } from 'vitest'
import { fold } from './fold.ts'
import { summaryOf } from './summary-of.ts'
import {
  after,
  answer,
  answerCondition,
  createWith,
  failStep,
} from './testing/task-command-fixtures.ts'
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

test('a step that was skipped, or failed without stopping the task, is done with', () => {
  const plan = { a: { onFailure: 'go-on' as const }, b: { when: 'false' }, c: ['a', 'b'] }
  const task = fold(
    after(createWith(plan), failStep('a', 'timeout'), answerCondition('b', false)),
  ) as BornTask
  expect(summaryOf(task)).toMatchObject({ stepsDone: 2, stepsTotal: 3 })
})
