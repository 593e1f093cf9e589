import { expect, test } from 'vitest'
import { readInput, windowCharactersMax } from './read-input.ts'
import { createToolRegistry } from './tool-registry.ts'
import { toolResultBytesMax } from './tool.ts'

const registry = createToolRegistry([readInput])
const read = (text: string, args: Record<string, unknown>) =>
  registry.runTool({
    tool: 'read_input',
    argumentsText: JSON.stringify(args),
    context: {
      inputs: [{ name: 'notes.md', mediaType: 'text/markdown', bytes: Buffer.byteLength(text) }],
      readInput: async () => text,
      callKey: 'task_a step_a/1/1/call_1',
      signal: new AbortController().signal,
    },
  })

test('a small input comes whole', async () => {
  const { ok, result } = await read('Grüße', { name: 'notes.md' })
  expect(ok).toBe(true)
  expect(JSON.parse(result)).toEqual({
    name: 'notes.md',
    mediaType: 'text/markdown',
    bytes: 7,
    characters: 5,
    offset: 0,
    text: 'Grüße',
    nextOffset: null,
  })
})

test('following nextOffset gives the whole text, and no window splits a character', async () => {
  const text = '😀 done. '.repeat(20_000)
  let whole = ''
  let offset: number | null = 0
  let windows = 0
  while (offset !== null) {
    const answer = JSON.parse(
      (await read(text, { name: 'notes.md', offset, length: 40_001 })).result,
    )
    expect(answer.text.isWellFormed()).toBe(true)
    whole += answer.text
    offset = answer.nextOffset
    windows += 1
  }
  expect(whole).toBe(text)
  expect(windows).toBe(5)
})

test('a window of one unit still moves on', async () => {
  const first = JSON.parse((await read('😀!', { name: 'notes.md', length: 1 })).result)
  expect(first.nextOffset).toBe(1)
})

test('a text that JSON blows up gets smaller windows, not a broken answer', async () => {
  const text = '\u0001'.repeat(windowCharactersMax)
  const { result } = await read(text, { name: 'notes.md' })
  expect(Buffer.byteLength(result)).toBeLessThanOrEqual(toolResultBytesMax)
  expect(JSON.parse(result)).toMatchObject({ nextOffset: windowCharactersMax / 2 })
})

test('an offset beyond the end gives an empty last window', async () => {
  const answer = JSON.parse((await read('short', { name: 'notes.md', offset: 99 })).result)
  expect(answer).toMatchObject({ offset: 5, text: '', nextOffset: null })
})

test('an unknown name is answered with the names there are', async () => {
  const { ok, result } = await read('', { name: '../etc/passwd' })
  expect(ok).toBe(false)
  expect(result).toContain('it has: notes.md')
})

test('a window beyond the limit is refused with the limit', async () => {
  const { ok, result } = await read('', { name: 'notes.md', length: windowCharactersMax + 1 })
  expect(ok).toBe(false)
  expect(result).toContain('65536')
})
