import fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { sampleOf } from './sample-of.ts'

const text = fc
  .tuple(fc.nat(30), fc.nat(30))
  .map(([minLength, more]) => ({ type: 'string', minLength, maxLength: minLength + more }))
const number = fc
  .tuple(fc.constantFrom('number', 'integer'), fc.integer({ min: -50, max: 50 }), fc.nat(20))
  .map(([type, low, more]) => ({ type, exclusiveMinimum: low, maximum: low + 1 + more }))
const { schema } = fc.letrec((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    text,
    number,
    fc.constantFrom(
      { type: 'boolean' },
      { type: 'null' },
      { enum: ['a', 2] },
      { const: 'x' },
      { type: ['string', 'null'] },
    ),
    tie('list'),
    tie('object'),
  ),
  list: fc.tuple(tie('schema'), fc.nat(3), fc.nat(2)).map(([items, minItems, more]) => ({
    type: 'array',
    items,
    minItems,
    maxItems: minItems + more,
  })),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('schema')).map((properties) => ({
    type: 'object',
    properties,
    required: Object.keys(properties),
    additionalProperties: false,
  })),
}))

test('whatever is promised, the sample fits it', () =>
  fc.assert(
    fc.property(schema, (drawn) => {
      const own = drawn as Parameters<typeof sampleOf>[0]
      expect(z.fromJSONSchema(own).safeParse(sampleOf(own)).error).toBeUndefined()
    }),
  ))
