import { expect, test } from 'vitest'
import { z } from 'zod'
import { readJsonAnswer } from './read-json-answer.ts'

const Answer = z.object({ verdict: z.enum(['approve', 'revise']), score: z.number() })
const value = { verdict: 'approve', score: 0.9 }
const json = JSON.stringify(value, null, 2)

test.each([
  ['as it is', json],
  ['in a fence', `\`\`\`json\n${json}\n\`\`\``],
  [
    'in a fence without a name, after words',
    `Here you are:\n\n\`\`\`\n${json}\n\`\`\`\nHope it helps!`,
  ],
  ['in a fence that was never closed', `\`\`\`json\n${json}`],
  ['among words', `My verdict is ${json} as you asked.`],
  ['with a fence inside one of its texts', JSON.stringify({ ...value, text: '```\n{}\n```' })],
])('JSON %s is read', (_how, text) => {
  expect(readJsonAnswer(Answer, text)).toEqual({ ok: true, value })
})

test('what is no JSON is said so, in words that a model can use', () => {
  const broken = readJsonAnswer(Answer, '{"verdict": "approve", "score": 0.9')
  expect(broken).toMatchObject({ ok: false, problem: expect.stringContaining('not valid JSON') })
  expect(readJsonAnswer(Answer, 'I cannot do that.')).toMatchObject({ ok: false })
  expect(readJsonAnswer(Answer, '')).toMatchObject({ ok: false })
})

test('what does not fit names the places, and of very many only the first', () => {
  const misfit = readJsonAnswer(Answer, '{"verdict": "maybe"}')
  expect(misfit).toMatchObject({ ok: false, problem: expect.stringMatching(/verdict: .*score: /s) })
  const Many = z.object({ list: z.array(z.number()) })
  const many = readJsonAnswer(Many, JSON.stringify({ list: Array(1_000).fill('x') }))
  expect(many.ok ? '' : many.problem.length).toBeLessThan(2_000)
})

test('a model that has lost its way costs no time: reading is linear in the length', () => {
  const startedAt = performance.now()
  for (const text of ['\n', '```\n', '{', ' ', '}\n', '```json\n\n'].map((piece) =>
    piece.repeat(60_000),
  ))
    expect(readJsonAnswer(Answer, `\`\`\`${text}`).ok).toBe(false)
  expect(performance.now() - startedAt).toBeLessThan(10_000)
})
