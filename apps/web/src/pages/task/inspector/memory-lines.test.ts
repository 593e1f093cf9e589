import { stepIdOf } from '@maestro/contracts/ids'
import { fold } from '@maestro/task-model/fold'
import { judgeResult, judgeWith } from '@maestro/task-model/testing/judge-command-fixtures'
import { after, answer, createWith } from '@maestro/task-model/testing/task-command-fixtures'
import { expect, test } from 'vitest'
import { memoryLines } from './memory-lines.ts'

test('a memory says who wrote it after which turn, and a step says whether it began with it', () => {
  const birth = createWith({ a: {}, b: ['a'] }, { judge: judgeWith() })
  const memories = [{ key: 'unit', text: 'millimetres' }]
  const task = fold(after(birth, answer('a'), judgeResult('a', 'ok', { memories })))
  if (task.status === 'unborn') throw new Error('it was born')
  const line = {
    key: 'unit',
    text: 'millimetres',
    origin: 'the judge (groq/small) after turn 1 of “A”',
  }
  expect(memoryLines(task, stepIdOf('b'))).toEqual([{ ...line, isTold: true }])
  expect(memoryLines(task, stepIdOf('a'))).toEqual([{ ...line, isTold: false }])
})
