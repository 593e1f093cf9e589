import { expect, test } from 'vitest'
import { allInOrder, moveProvider, type ProviderOrder, withProvider } from './provider-order.ts'

const three: ProviderOrder = ['groq', 'gemini', 'ollama']

test('a provider moves one place, and not beyond the ends', () => {
  expect(moveProvider(three, 'ollama', -1)).toEqual(['groq', 'ollama', 'gemini'])
  expect(moveProvider(three, 'groq', -1)).toBe(three)
  expect(moveProvider(three, 'rehearsal', 1)).toBe(three)
})

test('the last one that is asked cannot be left out', () => {
  expect(withProvider(['ollama'], 'ollama', false)).toEqual(['ollama'])
  expect(withProvider(['ollama'], 'groq', true)).toEqual(['ollama', 'groq'])
  expect(withProvider(three, 'gemini', false)).toEqual(['groq', 'ollama'])
})

test('everybody stands in the list, those that are asked first', () => {
  expect(allInOrder(['gemini'])).toEqual(['gemini', 'groq', 'ollama', 'rehearsal'])
})

test('moved there and back nothing is changed', () => {
  expect(moveProvider(moveProvider(three, 'groq', 1), 'groq', -1)).toEqual(three)
})
