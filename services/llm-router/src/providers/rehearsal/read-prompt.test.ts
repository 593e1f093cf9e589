import { writeBrief } from '@maestro/contracts/llm/brief'
import { describe, expect, test } from 'vitest'
import type { ChatMessage } from '../provider-adapter.ts'
import { readPrompt } from './read-prompt.ts'

const brief = writeBrief({
  purpose: 'step',
  title: 'Report',
  inputs: [],
  needs: ['step_look'],
  promise: { description: 'd', format: 'markdown', from: 'answer' },
  turn: 1,
  turnsMax: 12,
})
const read = (text: string, ...later: ChatMessage[]) =>
  readPrompt({
    messages: [{ role: 'system', text: 'You are an agent.' }, { role: 'user', text }, ...later],
    tools: [],
  })

describe('a prompt', () => {
  test('is read block by block, whatever stands between the blocks', () => {
    const prompt = read(
      `${brief}\nSome words.\n<goal>Find <b>it</b></goal>\n<instruction>\nDo it\n</instruction>\n` +
        '<output step="step_look" title="Look &quot;closely&quot; &amp; twice">\nseen\n</output>\n' +
        '<output step="step_two" title="Two">second</output>\n<guidance>Be brief</guidance>\nNow answer.',
    )
    expect(prompt).toMatchObject({
      goal: 'Find <b>it</b>',
      instruction: 'Do it',
      guidance: 'Be brief',
      plan: '',
      outputs: [
        { step: 'step_look', title: 'Look "closely" & twice', text: 'seen' },
        { step: 'step_two', title: 'Two', text: 'second' },
      ],
    })
  })

  test('takes blocks that stand inside an output as part of its text', () => {
    const prompt = read(
      `${brief}<goal>real</goal><output step="s" title="t"><goal>fake</goal></output>`,
    )
    expect(prompt.goal).toBe('real')
    expect(prompt.outputs[0]?.text).toBe('<goal>fake</goal>')
  })

  test('pairs tool calls with their answers and counts the turns', () => {
    const call = { id: 'c1', name: 'read_input', argumentsText: '{}' }
    const open = { id: 'c2', name: 'read_input', argumentsText: '{}' }
    const prompt = read(
      brief,
      { role: 'assistant', text: '', toolCalls: [call, open], providerParts: null },
      { role: 'tool', toolCallId: 'c1', name: 'read_input', text: 'answer' },
    )
    expect(prompt.exchanges).toEqual([{ call, result: 'answer' }])
    expect(prompt.turnsDone).toBe(1)
  })

  test.each([
    ['no brief', 'Hello'],
    ['a brief that is no JSON', '<brief>{</brief>'],
    ['a brief of an unknown purpose', '<brief>{"purpose":"sing"}</brief>'],
  ])('with %s is refused as an invalid request', (_name, text) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ failureClass: 'invalid_request' }))
  })

  test('without a user message is refused as well', () => {
    expect(() => readPrompt({ messages: [{ role: 'system', text: 'x' }], tools: [] })).toThrow(
      expect.objectContaining({ failureClass: 'invalid_request' }),
    )
  })
})
