import { expect, test } from 'vitest'
import { isVersionEnough } from './find-server.ts'

test.each([
  ['2.9.10', false],
  ['2.10.0', true],
  ['2.15.1', true],
  ['3.0.0', true],
  ['1.99.0', false],
])('nats-server %s will do: %s', (version, isEnough) => {
  expect(isVersionEnough(version, [2, 10])).toBe(isEnough)
})
