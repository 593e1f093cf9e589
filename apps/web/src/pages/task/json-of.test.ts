import { expect, test } from 'vitest'
import { jsonOf } from './json-of.ts'

test('only whole objects and lists are read as JSON, a text stays a text', () => {
  expect(jsonOf(' {"a": [1]}')).toEqual({ a: [1] })
  for (const text of ['', '12', '"word"', '{"a": ', '[see the table]', '# Title']) {
    expect(jsonOf(text)).toBeNull()
  }
})
