import { expect, test } from 'vitest'
import { repairHint } from './repair-hint.ts'

const tool = { name: 'read_input', description: 'Reads.', parameters: { type: 'object' } }

test('says what was wrong, and what an answer must be', () =>
  expect(
    repairHint('groq: the model wrote no valid tool call or JSON.', {
      tools: [tool, { ...tool, name: 'write' }],
      outputSchema: { name: 'plan', schema: {} },
    }),
  ).toEqual({
    role: 'user',
    text: "Your previous answer could not be used and was thrown away (groq: the model wrote no valid tool call or JSON). Call only these tools: read_input, write. The arguments of each call must be one valid JSON object that fits the tool's parameters. A final answer must be one valid JSON object that fits the schema you were given. Answer again from the beginning.",
  }))

test('asks for nothing that the request did not', () =>
  expect(repairHint('it was empty', { tools: [], outputSchema: null }).text).toBe(
    'Your previous answer could not be used and was thrown away (it was empty). Answer again from the beginning.',
  ))
