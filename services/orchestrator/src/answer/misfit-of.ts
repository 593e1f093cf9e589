import type { JsonSchema } from '@maestro/contracts/llm/chat'
import { z } from 'zod'

const issuesMax = 12
/** Of plans that run here: what is made of a schema is kept until others came. */
const schemasKeptMax = 200
const kept = new Map<string, z.ZodType>()

/** Why this value is not what the schema promises, said so that a model can mend it; null when it is. */
export const misfitOf = (value: unknown, schema: JsonSchema): string | null => {
  const { error } = checkOf(schema).safeParse(value)
  if (error === undefined) return null
  const issues = error.issues
    .slice(0, issuesMax)
    .map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`)
  return `It does not fit the schema: ${issues.join('; ')}.`
}

/** Zod knows the part of JSON Schema that `OutputSchema` lets in. */
const checkOf = (schema: JsonSchema): z.ZodType => {
  const key = JSON.stringify(schema)
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = z.fromJSONSchema(schema)
  if (kept.size >= schemasKeptMax) kept.clear()
  kept.set(key, made)
  return made
}
