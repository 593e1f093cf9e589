import { stepIdOf } from '@maestro/contracts/ids'
import { fold } from '@maestro/task-model/fold'
import { judgeResult, judgeWith } from '@maestro/task-model/testing/judge-command-fixtures'
import { after, answer, createWith } from '@maestro/task-model/testing/task-command-fixtures'
import { expect, test } from 'vitest'
import { memoryLines } from './memory-lines.ts'

const keys = (lines: readonly { key: string; text: string }[]) =>
  lines.map(({ key, text }) => `${key}: ${text}`)

test('a step has read what it was told as it stood then, and has written what came of its own turns', () => {
  const birth = createWith({ a: {}, b: ['a'], c: ['b'] }, { judge: judgeWith() })
  const task = fold(
    after(
      birth,
      answer('a'),
      judgeResult('a', 'ok', { memories: [{ key: 'unit', text: 'millimetres' }] }),
      answer('b'),
      judgeResult('b', 'ok', { memories: [{ key: 'unit', text: 'inches' }] }),
    ),
  )
  if (task.status === 'unborn') throw new Error('it was born')
  const lines = (name: string) => memoryLines(task, stepIdOf(name))
  expect(lines('a')).toMatchObject({ read: [], unread: [{ text: 'inches' }] })
  expect(keys(lines('a').written)).toEqual(['unit: millimetres'])
  expect(keys(lines('b').read)).toEqual(['unit: millimetres'])
  expect(keys(lines('b').written)).toEqual(['unit: inches'])
  expect(keys(lines('c').read)).toEqual(['unit: inches'])
  expect(lines('c').read[0]).toMatchObject({
    source: 'B',
    origin: 'the judge (groq/small) after turn 1',
  })
})
