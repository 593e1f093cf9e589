import { expect, test } from 'vitest'
import { QueryLimit, QueryNumber } from './query-values.ts'

const At = QueryNumber(1, 1_000)

test.each([
  ['1', 1],
  ['1000', 1_000],
])('%s is taken as it stands there', (text, value) => expect(At.parse(text)).toBe(value))

const others: readonly unknown[] = [
  '0',
  '-1',
  '1001',
  '1e3',
  '0x10',
  '1.0',
  '1.5',
  '01',
  ' 1',
  '+1',
  '١',
  'abc',
  'Infinity',
  '9'.repeat(400),
  '',
  ['1', '2'],
  null,
  true,
  {},
  undefined,
]

test.each(others.map((value) => ({ value })))(
  '$value is no such number, and is told which are',
  ({ value }) => expect(At.safeParse(value).error?.issues[0]?.message).toContain('from 1 to 1000'),
)

test('what is left out has its default', () => {
  expect(QueryLimit.parse(undefined)).toBe(50)
  expect(At.optional().parse(undefined)).toBeUndefined()
})
