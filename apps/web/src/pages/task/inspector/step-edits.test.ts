import { fold } from '@maestro/task-model/fold'
import type { BornTask } from '@maestro/task-model/task'
import { after, createWith } from '@maestro/task-model/testing/task-command-fixtures'
import { toolPlace } from '@maestro/task-model/testing/task-fixtures'
import { expect, test } from 'vitest'
import { editsFor, neededBy } from './step-edits.ts'

const task = fold(after(createWith({ a: [], b: ['a'], c: ['a'] }))) as BornTask
const stepOf = (name: string) => {
  const step = task.steps[toolPlace(name).stepId]
  if (!step) throw new Error(`no step ${name}`)
  return step
}
const wish = { kind: 'insert', title: 'C', instruction: 'check it', agent: 'worker' } as const

test('a step inserted after another stands between it and what can still be changed', () =>
  expect(editsFor(wish, stepOf('a'), task)).toMatchObject([
    { kind: 'insert-step', step: { name: 'c-2', needs: ['a'] } },
    { kind: 'rewire', step: 'b', needs: ['c-2'] },
    { kind: 'rewire', step: 'c', needs: ['c-2'] },
  ]))

test('a step inserted after the result delivers the result', () =>
  expect(editsFor({ ...wish, title: 'Proof!' }, stepOf('c'), task)).toMatchObject([
    { kind: 'insert-step', step: { name: 'proof', needs: ['c'] } },
    { kind: 'set-result', step: 'proof' },
  ]))

test('a step may wait for any other of the plan, and is told so by names', () => {
  expect(neededBy(stepOf('b'), task).map(({ name }) => name)).toEqual(['a', 'c'])
  expect(editsFor({ kind: 'rewire', needs: ['a', 'c'] }, stepOf('b'), task)).toEqual([
    { kind: 'rewire', step: 'b', needs: ['a', 'c'] },
  ])
  expect(editsFor({ kind: 'instruct', instruction: ' less ' }, stepOf('b'), task)).toEqual([
    { kind: 'instruct', step: 'b', instruction: 'less' },
  ])
})
