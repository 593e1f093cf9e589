import { defaultStrategy } from '@maestro/contracts/llm/call-strategy'
import { expect, test } from 'vitest'
import { allInOrder, isSameStrategy, moveProvider, withProvider } from './provider-order.ts'

test('a provider moves one place, and not beyond the ends', () => {
  expect(moveProvider(defaultStrategy, 'ollama', -1).providers).toEqual([
    'groq',
    'ollama',
    'gemini',
  ])
  expect(moveProvider(defaultStrategy, 'groq', -1)).toBe(defaultStrategy)
  expect(moveProvider(defaultStrategy, 'rehearsal', 1)).toBe(defaultStrategy)
})

test('the last one that is asked cannot be left out', () => {
  const alone = { ...defaultStrategy, providers: ['ollama' as const] }
  expect(withProvider(alone, 'ollama', false)).toBe(alone)
  expect(withProvider(alone, 'groq', true).providers).toEqual(['ollama', 'groq'])
})

test('everybody stands in the list, those that are asked first', () => {
  const two = { ...defaultStrategy, providers: ['gemini' as const] }
  expect(allInOrder(two)).toEqual(['gemini', 'groq', 'ollama', 'rehearsal'])
})

test('moved there and back nothing is changed', () => {
  const back = moveProvider(moveProvider(defaultStrategy, 'groq', 1), 'groq', -1)
  expect(isSameStrategy(back, defaultStrategy)).toBe(true)
})
