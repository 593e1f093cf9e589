import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberArray, textArray } from './array-literal.ts'
import { connectDatabase } from './database.ts'

test('lists arrive as they were, whatever their texts hold', async () => {
  const database = await createTestDatabase()
  const sql = connectDatabase(database.url)
  try {
    // Postgres takes no zero bytes, and half a character is no text.
    const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll('\0', ''))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.option(fc.oneof(text, fc.constantFrom('NULL', '', '{}', '"', '\\', '\n,')))),
        fc.array(fc.maxSafeInteger()),
        async (texts, numbers) => {
          // Read as JSON: the driver reads an absent text as the word for it.
          const [row] = await sql`
            select to_jsonb(${textArray(texts)}::text::text[]) as texts,
              ${numberArray(numbers)}::text::bigint[] as numbers`
          expect(row?.['texts']).toEqual(texts)
          expect(row?.['numbers'].map(Number)).toEqual(numbers)
        },
      ),
      { numRuns: 200 },
    )
  } finally {
    await sql.end({ timeout: 5 })
    await database.drop()
  }
})
