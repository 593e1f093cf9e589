import { expect, test } from 'vitest'
import { agentChanges, rebaseText } from './agent-text.ts'

const base = {
  prompt: 'Write.',
  description: 'Writes.',
  tools: ['read_input'],
  suggestions: ['Be short.'],
}

test('only what was changed is sent, and empty suggestions are none', () => {
  expect(agentChanges(base, { ...base, suggestions: ['Be short.', '  '] })).toEqual({})
  expect(agentChanges(base, { ...base, prompt: 'Write well.', tools: [] })).toEqual({
    prompt: 'Write well.',
    tools: [],
  })
})

test('when somebody else was first, what was typed stays and the rest is theirs', () => {
  const theirs = { ...base, prompt: 'Write in verse.', description: 'A poet.' }
  const mine = { ...base, prompt: 'Write well.', tools: [] }
  expect(rebaseText(base, theirs, mine)).toEqual({
    prompt: 'Write well.',
    description: 'A poet.',
    tools: [],
    suggestions: ['Be short.'],
  })
})
