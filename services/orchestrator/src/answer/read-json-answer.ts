import type { z } from 'zod'
import { tidyJson } from './tidy-json.ts'

export type ReadAnswer<Value> = { ok: true; value: Value } | { ok: false; problem: string }

const issuesMax = 12
const fence = '```'

/** What stands between the first fence's line and the line of the next one. */
const fencedIn = (text: string): string | null => {
  const start = text.indexOf('\n', text.indexOf(fence))
  if (!text.includes(fence) || start < 0) return null
  const end = text.indexOf(`\n${fence}`, start)
  return text.slice(start, end < 0 ? undefined : end)
}

const bracedIn = (text: string): string | null => {
  const start = text.indexOf('{')
  const end = text.lastIndexOf('}')
  return start >= 0 && end > start ? text.slice(start, end + 1) : null
}

/**
 * The JSON of an answer. Models wrap it into fences and words: the text as it is, what is fenced in it,
 * and its outermost braces are tried in turn, then the same tidied. Only ever linear in the length: a model that has lost its
 * way may write a hundred thousand blank lines. @throws {SyntaxError}
 */
export const jsonIn = (text: string): { json: string; value: unknown } => {
  let problem: unknown
  const candidates = [text, fencedIn(text), bracedIn(text)].filter((json) => json !== null)
  for (const json of candidates) {
    try {
      return { json, value: JSON.parse(json) }
    } catch (error) {
      problem = error
    }
  }
  for (const json of candidates.map(tidyJson)) {
    try {
      return { json, value: JSON.parse(json) }
    } catch {
      // What was wrong is said of the text as the model wrote it.
    }
  }
  throw problem
}

/** A model's answer by its schema; a problem is said so that the model can mend it. */
export const readJsonAnswer = <Schema extends z.ZodType>(
  schema: Schema,
  text: string,
): ReadAnswer<z.infer<Schema>> => {
  let value: unknown
  try {
    value = jsonIn(text).value
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ok: false, problem: `It is not valid JSON (${why}).` }
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const issues = parsed.error.issues
    .slice(0, issuesMax)
    .map(({ path, message }) => `${path.join('.') || 'the whole answer'}: ${message}`)
  return { ok: false, problem: `It does not fit the schema: ${issues.join('; ')}.` }
}
