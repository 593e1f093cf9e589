import { logLineCharactersMax, SentLogLine } from '@maestro/contracts/log/log-batch'
import { expect, test } from 'vitest'
import { cutLogLine } from './cut-log-line.ts'

const plain = { level: 30, time: '2026-01-01T00:00:00.000Z', service: 'budget', msg: 'said' }

test('a line that fits stays as it is, without its end', () => {
  expect(cutLogLine(`${JSON.stringify(plain)}\n`)).toBe(JSON.stringify(plain))
})

test.each([
  ['a long stack', { err: { type: 'E', message: 'broke', stack: 'x'.repeat(50_000) } }],
  ['a long text', { reason: 'x'.repeat(50_000) }],
  ['a long list', { many: Array.from({ length: 5_000 }, () => 'x') }],
  [
    'many texts',
    Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`n${at}`, 'long'.repeat(20)])),
  ],
])('%s is cut, and what every line has is kept', (_, fields) => {
  const cut = cutLogLine(JSON.stringify({ ...plain, taskId: 'task_1', ...fields }))
  expect(cut.length).toBeLessThanOrEqual(logLineCharactersMax)
  expect(SentLogLine.parse(JSON.parse(cut))).toMatchObject({
    ...plain,
    cutFrom: expect.any(Number),
  })
})

test('of an error that is cut, its message and the beginning of its stack are kept', () => {
  const err = { type: 'E', message: 'broke', stack: `E: broke\n${'x'.repeat(50_000)}` }
  expect(JSON.parse(cutLogLine(JSON.stringify({ ...plain, taskId: 'task_1', err })))).toMatchObject(
    {
      taskId: 'task_1',
      err: { message: 'broke', stack: expect.stringMatching(/^E: broke/) },
    },
  )
})
