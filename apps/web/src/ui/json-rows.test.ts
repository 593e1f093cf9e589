import { expect, test } from 'vitest'
import { jsonRows } from './json-rows.ts'

const value = {
  'a/b': [1, { deep: null }],
  text: `${'long '.repeat(40)}\nsecond line`,
  short: 'yes',
  nothing: {},
}
const shown = (...open: string[]) =>
  jsonRows(value, new Set(open)).map(({ path, text }) => `${path} ${text}`)

test('folded, a value is one row that says how much is in it', () => {
  expect(shown()).toEqual([' 4 fields'])
})

test('rows are named by pointers that no name can break', () => {
  expect(shown('', '/a~1b')).toEqual(
    expect.arrayContaining(['/a~1b 2 entries', '/a~1b/0 1', '/a~1b/1 1 field', '/short "yes"']),
  )
  const rows = jsonRows(value, new Set(['', '/a~1b']))
  expect(rows.find(({ path }) => path === '/a~1b/1')).toMatchObject({
    depth: 2,
    place: 2,
    places: 2,
  })
})

test('a long text unfolds to lines that together are the text', () => {
  const lines = jsonRows(value, new Set(['', '/text'])).filter(({ kind }) => kind === 'line')
  expect(lines.map(({ text }) => text).join('')).toBe(value.text.replace('\n', ''))
  expect(Math.max(...lines.map(({ text }) => text.length))).toBeLessThanOrEqual(160)
})

test('what has nothing in it cannot be unfolded', () => {
  const rows = jsonRows(value, new Set(['']))
  expect(rows.filter(({ canOpen }) => canOpen).map(({ path }) => path)).toEqual([
    '',
    '/a~1b',
    '/text',
  ])
})
