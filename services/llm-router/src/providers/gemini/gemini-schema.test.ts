import { expect, test } from 'vitest'
import { z } from 'zod'
import { toGeminiSchema } from './gemini-schema.ts'

test('leaves out every word that Gemini does not know', () => {
  expect(
    toGeminiSchema({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        name: { type: 'string', format: 'uuid', default: 'x', minLength: 1 },
        count: { type: 'integer', exclusiveMinimum: 0, maximum: 9 },
        tags: { type: 'array', items: { type: 'string' }, uniqueItems: true },
      },
      required: ['name', 'gone'],
      additionalProperties: false,
    }),
  ).toEqual({
    type: 'OBJECT',
    properties: {
      name: { type: 'STRING', minLength: 1 },
      count: { type: 'INTEGER', maximum: 9 },
      tags: { type: 'ARRAY', items: { type: 'STRING' } },
    },
    required: ['name'],
    propertyOrdering: ['name', 'count', 'tags'],
  })
})

test('says null, constants and choices in the words that Gemini has for them', () => {
  expect(toGeminiSchema({ type: ['string', 'null'] })).toEqual({ type: 'STRING', nullable: true })
  expect(toGeminiSchema({ anyOf: [{ type: 'number' }, { type: 'null' }] })).toEqual({
    type: 'NUMBER',
    nullable: true,
  })
  expect(toGeminiSchema({ const: 'plan' })).toEqual({ type: 'STRING', enum: ['plan'] })
  expect(toGeminiSchema({ const: 3 })).toEqual({ type: 'NUMBER' })
  expect(toGeminiSchema({ enum: ['a', 'b', null] })).toEqual({
    type: 'STRING',
    nullable: true,
    enum: ['a', 'b'],
  })
  expect(toGeminiSchema({ type: ['string', 'integer'] })).toEqual({
    anyOf: [{ type: 'STRING' }, { type: 'INTEGER' }],
  })
})

test('writes references out, and stops where they run in circles', () => {
  const tree = {
    $ref: '#/$defs/node',
    $defs: {
      node: {
        type: 'object',
        properties: { name: { type: 'string' }, next: { $ref: '#/$defs/node' } },
      },
    },
  }
  const schema = toGeminiSchema(tree)
  expect(schema).toMatchObject({
    type: 'OBJECT',
    properties: { name: { type: 'STRING' }, next: { properties: { name: { type: 'STRING' } } } },
  })
  expect(JSON.stringify(schema).length).toBeLessThan(4_000)
})

test('merges what has to hold together', () => {
  const part = (name: string) => ({
    type: 'object',
    properties: { [name]: { type: 'boolean' } },
    required: [name],
  })
  expect(toGeminiSchema({ allOf: [part('a'), part('b')] })).toEqual({
    type: 'OBJECT',
    properties: { a: { type: 'BOOLEAN' }, b: { type: 'BOOLEAN' } },
    required: ['a', 'b'],
    propertyOrdering: ['a', 'b'],
  })
})

test('takes what zod makes of a union of records', () => {
  const verdict = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ok'), score: z.number().min(0).max(1) }),
    z.object({ kind: z.literal('bad'), reasons: z.array(z.string()).min(1) }),
  ])
  expect(toGeminiSchema(z.toJSONSchema(verdict))).toMatchObject({
    anyOf: [
      { properties: { kind: { enum: ['ok'] }, score: { minimum: 0, maximum: 1 } } },
      { properties: { kind: { enum: ['bad'] }, reasons: { minItems: 1 } } },
    ],
  })
})
