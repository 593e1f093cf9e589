import type { JsonSchema } from '@maestro/contracts/llm/chat'
import { OutputSchema } from '@maestro/contracts/task/output-schema'

/** What is known of a value before it is there. `unknown`: anything may be there. */
export type KnownShape =
  | { kind: 'unknown' }
  | { kind: 'known'; schema: OutputSchema }
  /** The schema allows nothing at the path: `at` is where it ends, `names` what is there instead. */
  | { kind: 'missing'; at: string; names: readonly string[] }

const unknown: KnownShape = { kind: 'unknown' }

/** What a schema promises at a path of names and places. Only what it leaves no room for is missing. */
export const schemaAt = (
  schema: JsonSchema | undefined,
  path: readonly (string | number)[],
): KnownShape => {
  const parsed = OutputSchema.safeParse(schema)
  return parsed.success ? shapeAt(parsed.data, path, []) : unknown
}

/** True when a value of this schema is never a list. */
export const isNoList = ({ type, enum: values, const: value }: OutputSchema): boolean =>
  type === undefined
    ? values !== undefined || value !== undefined
    : ![type].flat().includes('array')

const shapeAt = (
  schema: OutputSchema,
  path: readonly (string | number)[],
  walked: readonly (string | number)[],
): KnownShape => {
  const [next, ...rest] = path
  if (next === undefined) return { kind: 'known', schema }
  const { type, properties, additionalProperties: more, items } = schema
  const types = type === undefined ? [] : [type].flat()
  if (types.length !== 1) return unknown
  const here = [...walked, next]
  if (types[0] === 'array') {
    if (typeof next === 'string') return missing(walked, [])
    return items === undefined ? unknown : shapeAt(items, rest, here)
  }
  if (types[0] !== 'object') return missing(walked, [])
  const known = properties?.[next]
  if (known !== undefined) return shapeAt(known, rest, here)
  if (typeof more === 'object') return shapeAt(more, rest, here)
  // What the promise does not name nobody can count on.
  if (properties !== undefined && more !== true) return missing(walked, Object.keys(properties))
  return unknown
}

const missing = (walked: readonly (string | number)[], names: readonly string[]): KnownShape => ({
  kind: 'missing',
  at: walked.join('.'),
  names,
})
