import { expect, test } from 'vitest'
import { misfitOf } from './misfit-of.ts'

const schema = {
  type: 'object',
  properties: {
    rows: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        properties: { month: { type: 'string' }, mm: { type: 'number', minimum: 0 } },
        required: ['month', 'mm'],
        additionalProperties: false,
      },
    },
    unit: { enum: ['mm', 'inch'] },
    note: { type: ['string', 'null'] },
    of: { anyOf: [{ type: 'string' }, { type: 'integer' }] },
  },
  required: ['rows', 'unit'],
}

test('what fits has no problem, also with properties that nobody forbids', () => {
  const row = { month: 'May', mm: 3 }
  expect(misfitOf({ rows: [row], unit: 'mm', note: null, of: 3, more: 1 }, schema)).toBeNull()
})

test.each([
  [{ rows: [], unit: 'mm' }, 'rows: '],
  [{ rows: [{ month: 'May' }], unit: 'mm' }, 'rows.0.mm: '],
  [{ rows: [{ month: 'May', mm: -1 }], unit: 'mm' }, 'rows.0.mm: '],
  [{ rows: [{ month: 'May', mm: 1, x: 1 }], unit: 'mm' }, 'rows.0: Unrecognized key: "x"'],
  [{ rows: [{ month: 'May', mm: 1 }], unit: 'cm' }, 'unit: '],
  [{ rows: [{ month: 'May', mm: 1 }], unit: 'mm', of: 1.5 }, 'of: '],
  [{ unit: 'mm' }, 'rows: '],
  [[], 'the whole: '],
])('of %j is said where it does not fit', (value, problem) =>
  expect(misfitOf(value, schema)).toContain(`It does not fit the schema: ${problem}`),
)
