import type { CallId, TaskId } from '@maestro/contracts/ids'
import type { LiveDelta } from '@maestro/contracts/llm/live-delta'
import { expect, test } from 'vitest'
import { createCallTexts } from './call-texts.ts'

const delta = (from: number, text: string, more: Partial<LiveDelta> = {}): LiveDelta => ({
  taskId: 'task_1' as TaskId,
  callId: 'call_1_one' as CallId,
  stepId: null,
  purpose: 'step',
  attempt: 1,
  from,
  text,
  ...more,
})
const told = (texts: ReturnType<typeof createCallTexts>) =>
  texts.untold().map(({ attempt, from, text }) => [attempt, from, text])

test('tells each piece once, and the whole text to somebody new', () => {
  const texts = createCallTexts()
  texts.take(delta(0, 'Hello'))
  texts.take(delta(5, ', world'))
  expect(told(texts)).toEqual([[1, 0, 'Hello, world']])
  texts.take(delta(12, '!'))
  expect(told(texts)).toEqual([[1, 12, '!']])
  expect(told(texts)).toEqual([])
  expect(texts.soFar()).toMatchObject([{ callId: 'call_1_one', from: 0, text: 'Hello, world!' }])
})

test('[T1] a piece that repeats or overlaps adds only what is new', () => {
  const texts = createCallTexts()
  texts.take(delta(0, 'Hello'))
  texts.take(delta(0, 'Hello'))
  texts.take(delta(3, 'lo you'))
  expect(told(texts)).toEqual([[1, 0, 'Hello you']])
})

test('[T2] a piece beyond the end is refused until what lies between is there', () => {
  const texts = createCallTexts()
  texts.take(delta(0, 'a'))
  expect(texts.take(delta(2, 'c'))).toBe(false)
  expect(texts.take(delta(1, 'b'))).toBe(true)
  expect(texts.take(delta(2, 'c'))).toBe(true)
  expect(texts.soFar()[0]?.text).toBe('abc')
})

test('[T2] when that cannot be had, the attempt stays as it is and asks for nothing more', () => {
  const texts = createCallTexts()
  texts.take(delta(0, 'a'))
  texts.take(delta(2, 'c'))
  texts.tear(delta(2, 'c'))
  expect(texts.take(delta(3, 'd'))).toBe(true)
  expect(texts.soFar()[0]?.text).toBe('a')
  texts.take(delta(0, 'again', { attempt: 2 }))
  expect(texts.soFar()[0]).toMatchObject({ attempt: 2, text: 'again' })
})

test('[T3] a new attempt starts at nought, an old one is not heard any more', () => {
  const texts = createCallTexts()
  texts.take(delta(0, 'first'))
  texts.take(delta(0, 'second', { attempt: 2 }))
  texts.take(delta(5, ' try'))
  expect(told(texts)).toEqual([[2, 0, 'second']])
})

test('[T3] a call that has ended has no text, whatever still comes', () => {
  const texts = createCallTexts()
  texts.take(delta(0, 'done'))
  texts.end('call_1_one')
  texts.take(delta(4, ' late'))
  expect(texts.soFar()).toEqual([])
})

test('that an attempt broke off is told once, with its last words or after them', () => {
  const texts = createCallTexts()
  const marks = () => texts.untold().map(({ text, isBrokenOff }) => [text, isBrokenOff])
  texts.take(delta(0, 'Half'))
  expect(marks()).toEqual([['Half', undefined]])
  texts.take(delta(4, '', { isBrokenOff: true }))
  texts.take(delta(4, '', { isBrokenOff: true }))
  expect(marks()).toEqual([['', true]])
  expect(marks()).toEqual([])
  expect(texts.soFar()).toMatchObject([{ text: 'Half', isBrokenOff: true }])
  texts.take(delta(0, 'Whole', { attempt: 2 }))
  expect(marks()).toEqual([['Whole', undefined]])
})

test('texts stay within their bounds', () => {
  const texts = createCallTexts()
  for (let call = 0; call < 30; call += 1) {
    const callId = `call_1_${call}` as CallId
    for (let from = 0; from < 500_000; from += 50_000) {
      texts.take(delta(from, 'x'.repeat(50_000), { callId }))
    }
  }
  const lengths = texts.soFar().map(({ text }) => text.length)
  expect(Math.max(...lengths)).toBe(400_000)
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(4_000_000)
})
