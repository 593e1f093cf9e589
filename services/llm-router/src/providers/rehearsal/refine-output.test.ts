import { expect, test } from 'vitest'
import { refineOutput } from './refine-output.ts'

const promise = { description: 'A report.', format: 'markdown' }

test('a text is revised once and then good', () => {
  const first = refineOutput({ version: '# Rain' }, { promise })
  expect(first).toMatchObject({ verdict: 'revise', output: expect.stringMatching(/^# Rain\n/) })
  expect(refineOutput({ version: first.output ?? '' }, { promise })).toMatchObject({
    verdict: 'good',
    output: null,
  })
})

test('data are left as they are', () =>
  expect(refineOutput({ version: '{}' }, { promise: { ...promise, format: 'json' } }).verdict).toBe(
    'good',
  ))
