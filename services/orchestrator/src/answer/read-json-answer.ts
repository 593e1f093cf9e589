import type { z } from 'zod'

export type ReadAnswer<Value> = { ok: true; value: Value } | { ok: false; problem: string }

const issuesMax = 12

/** Models wrap JSON into fences and words; the outermost object is what was meant. */
const jsonIn = (text: string): string => {
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n\s*```/.exec(text)?.[1] ?? text
  const start = fenced.indexOf('{')
  const end = fenced.lastIndexOf('}')
  return start >= 0 && end > start ? fenced.slice(start, end + 1) : fenced
}

/** A model's answer by its schema; a problem is said so that the model can mend it. */
export const readJsonAnswer = <Schema extends z.ZodType>(
  schema: Schema,
  text: string,
): ReadAnswer<z.infer<Schema>> => {
  let json: unknown
  try {
    json = JSON.parse(jsonIn(text))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, problem: `It is not valid JSON (${why}).` }
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { ok: true, value: parsed.data }
  const issues = parsed.error.issues
    .slice(0, issuesMax)
    .map(({ path, message }) => `${path.join('.') || 'the whole answer'}: ${message}`)
  return { ok: false, problem: `It does not fit the schema: ${issues.join('; ')}.` }
}
