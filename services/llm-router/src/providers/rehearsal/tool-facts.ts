import { z } from 'zod'
import type { ToolExchange } from './read-prompt.ts'

const ColumnFacts = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('number'),
    name: z.string(),
    numbers: z.number(),
    texts: z.number(),
    missing: z.number(),
    minimum: z.number(),
    mean: z.number(),
    maximum: z.number(),
  }),
  z.object({
    kind: z.literal('text'),
    name: z.string(),
    numbers: z.number(),
    texts: z.number(),
    missing: z.number(),
    distinct: z.number(),
    distinctAtLeast: z.boolean(),
    most: z.array(z.object({ value: z.string(), times: z.number() })),
  }),
])

const CsvFacts = z.object({
  kind: z.literal('csv'),
  name: z.string(),
  characters: z.number(),
  separator: z.string(),
  rows: z.number(),
  columns: z.number(),
  uneven: z.number(),
  details: z.array(ColumnFacts),
})
export type CsvFacts = z.infer<typeof CsvFacts>

const JsonFacts = z.object({
  kind: z.literal('json'),
  name: z.string(),
  characters: z.number(),
  /** Why it is no JSON; null when it is. */
  problem: z.string().nullable(),
  values: z.number(),
  depth: z.number(),
  placesLeftOut: z.number(),
  places: z.array(
    z.object({
      path: z.string(),
      types: z.record(z.string(), z.number()),
      keys: z.number(),
      lengths: z.object({ shortest: z.number(), longest: z.number() }).nullable(),
      numbers: z.object({ minimum: z.number(), mean: z.number(), maximum: z.number() }).nullable(),
    }),
  ),
})
export type JsonFacts = z.infer<typeof JsonFacts>

const TextFacts = z.object({
  kind: z.literal('text'),
  name: z.string(),
  characters: z.number(),
  words: z.number(),
  lines: z.number(),
  start: z.string(),
})

const RecountFacts = z.object({
  kind: z.literal('recount'),
  name: z.string(),
  of: z.enum(['csv', 'json', 'text']),
  characters: z.number(),
  count: z.number(),
})
export type RecountFacts = z.infer<typeof RecountFacts>

/** What `read_input` answers. */
const ReadWindow = z.object({
  name: z.string(),
  characters: z.number(),
  offset: z.number(),
  text: z.string(),
  nextOffset: z.number().nullable(),
})

const ScriptFacts = z.discriminatedUnion('kind', [CsvFacts, JsonFacts, TextFacts, RecountFacts])

/** What one tool call taught us. `other`: an answer to a call that was not ours, or is of a shape we do not know. */
export type ToolFact =
  | z.infer<typeof ScriptFacts>
  | ({ kind: 'window' } & z.infer<typeof ReadWindow>)
  | { kind: 'failed'; name: string | null; tool: string; problem: string }
  | { kind: 'other'; name: string | null; tool: string; text: string }

const ScriptAnswer = z.object({ result: z.unknown() })
const FailedAnswer = z.object({ error: z.string() })
const CallArguments = z.object({ name: z.string().optional(), code: z.string().optional() })

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The input that a call of ours was about; each of our programs names it in its first line. */
export const inputOfCall = ({ argumentsText }: { argumentsText: string }): string | null => {
  const args = CallArguments.safeParse(parseJson(argumentsText))
  if (!args.success) return null
  const { name, code } = args.data
  if (name !== undefined) return name
  const written = /^const name = (".*")$/m.exec(code ?? '')?.[1]
  const read = written === undefined ? undefined : parseJson(written)
  return typeof read === 'string' ? read : null
}

export const factOf = ({ call, result }: ToolExchange): ToolFact => {
  const name = inputOfCall(call)
  const tool = call.name
  const answer = parseJson(result)
  const failed = FailedAnswer.safeParse(answer)
  if (failed.success) return { kind: 'failed', name, tool, problem: failed.data.error }
  // A tool's answer is JSON; words alone are a refusal.
  if (answer === undefined) return { kind: 'failed', name, tool, problem: result }

  const window = ReadWindow.safeParse(answer)
  if (window.success) return { kind: 'window', ...window.data }
  const script = ScriptAnswer.safeParse(answer)
  const facts = ScriptFacts.safeParse(script.success ? script.data.result : answer)
  return facts.success ? facts.data : { kind: 'other', name, tool, text: result }
}
