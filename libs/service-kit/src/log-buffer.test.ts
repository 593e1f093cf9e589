import { expect, test } from 'vitest'
import { createLogBuffer } from './log-buffer.ts'

const open = () =>
  createLogBuffer({ linesMax: 3, charactersMax: 1_000_000, tellLost: (lines) => `lost ${lines}` })
const takeAll = (buffer: ReturnType<typeof open>) => {
  const taken: string[] = []
  for (let lines = buffer.take(); lines.length > 0; lines = buffer.take()) taken.push(...lines)
  return taken
}

test('lines are taken in their order, each once, so many at a time', () => {
  const buffer = open()
  for (const line of ['a', 'b', 'c', 'd']) buffer.add(line)
  expect(buffer.take()).toEqual(['a', 'b', 'c'])
  expect(buffer.take()).toEqual(['d'])
  expect(buffer.take()).toEqual([])
})

test('while it is full, lines are dropped, and their number is told once', () => {
  const buffer = open()
  const line = 'x'.repeat(300_000)
  for (let count = 0; count < 10; count += 1) buffer.add(line)
  expect(takeAll(buffer)).toEqual([line, line, line, 'lost 7'])
  buffer.add('again')
  expect(takeAll(buffer)).toEqual(['again'])
})

test('a loss is told before what is said after it', () => {
  const buffer = open()
  const line = 'x'.repeat(1_000_000)
  buffer.add(line)
  buffer.add(line)
  buffer.add('short')
  expect(takeAll(buffer)).toEqual([line, 'lost 1', 'short'])
})

test('whoever sends is woken once for all that waits', () => {
  const buffer = open()
  let woken = 0
  buffer.add('early')
  buffer.onWaiting(() => {
    woken += 1
  })
  buffer.add('later')
  expect(woken).toBe(1)
  takeAll(buffer)
  buffer.add('new')
  expect(woken).toBe(2)
})
