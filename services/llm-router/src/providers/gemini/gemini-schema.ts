import type { JsonSchema } from '@maestro/contracts/llm/chat'

export type GeminiSchema = Record<string, unknown>

/** References may be circular; Gemini has none, so they are written out this far. */
const depthMax = 12

const asSchema = (value: unknown): JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const resolveRef = (schema: JsonSchema, root: JsonSchema): JsonSchema => {
  const ref = schema['$ref']
  if (typeof ref !== 'string' || !ref.startsWith('#')) return schema
  const path = ref.split('/').slice(1)
  const target = path.reduce<JsonSchema>(
    (node, key) => asSchema(node[decodeURIComponent(key)]),
    root,
  )
  const { $ref: _, ...beside } = schema
  return { ...target, ...beside }
}

const mergeAllOf = ({ allOf, ...schema }: JsonSchema, root: JsonSchema): JsonSchema =>
  asList(allOf).reduce<JsonSchema>((merged, part) => {
    const next = resolveRef(asSchema(part), root)
    return {
      ...merged,
      ...next,
      properties: { ...asSchema(merged['properties']), ...asSchema(next['properties']) },
      required: [...asList(merged['required']), ...asList(next['required'])],
    }
  }, schema)

const keptAsIs = [
  'title',
  'description',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'pattern',
  'minimum',
  'maximum',
] as const

const knownFormats: Record<string, readonly string[]> = {
  STRING: ['date-time', 'enum'],
  NUMBER: ['float', 'double'],
  INTEGER: ['int32', 'int64'],
}

const typeOfValue = (value: unknown): string => {
  if (Array.isArray(value)) return 'array'
  return value === null ? 'null' : typeof value
}

const typeNames = (schema: JsonSchema, allowed: readonly unknown[]): string[] => {
  const { type } = schema
  if (typeof type === 'string') return [type]
  if (Array.isArray(type)) return type.map(String)
  if (allowed.length > 0) return [...new Set(allowed.map(typeOfValue))]
  if ('properties' in schema || 'additionalProperties' in schema) return ['object']
  return 'items' in schema || 'prefixItems' in schema ? ['array'] : ['string']
}

/**
 * JSON Schema in the part of OpenAPI that Gemini takes: it refuses every word it does not know.
 * What cannot be said is left out, which makes the schema wider, never narrower: the answer is
 * checked against the real one anyway.
 */
export const toGeminiSchema = (
  given: JsonSchema,
  root: JsonSchema = given,
  depth = 0,
): GeminiSchema => {
  const schema = mergeAllOf(resolveRef(given, root), root)
  const inner = (value: unknown) => toGeminiSchema(asSchema(value), root, depth + 1)
  const alternatives = [...asList(schema['anyOf']), ...asList(schema['oneOf'])]
  const kept = Object.fromEntries(
    keptAsIs.filter((key) => schema[key] !== undefined).map((key) => [key, schema[key]]),
  )
  if (alternatives.length > 0) {
    const real = alternatives.filter((value) => asSchema(value)['type'] !== 'null')
    const nullable = real.length < alternatives.length && { nullable: true }
    if (real.length === 1) return { ...inner(real[0]), ...kept, ...nullable }
    return { ...kept, ...nullable, anyOf: real.map(inner) }
  }

  const allowed = 'const' in schema ? [schema['const']] : asList(schema['enum'])
  const names = typeNames(schema, allowed)
  const real = names.filter((name) => name !== 'null')
  const nullable = real.length < names.length && { nullable: true }
  if (real.length > 1)
    return {
      ...kept,
      ...nullable,
      anyOf: real.map((name) => inner({ ...schema, description: undefined, type: name })),
    }
  const type = (real[0] ?? 'string').toUpperCase()
  const base: GeminiSchema = { type, ...kept, ...nullable }
  if (type === 'STRING' && allowed.length > 0)
    base['enum'] = allowed.filter((value) => value !== null).map(String)
  const { format } = schema
  if (typeof format === 'string' && knownFormats[type]?.includes(format) === true)
    base['format'] = format
  if (type === 'ARRAY') {
    const items = schema['items'] ?? asList(schema['prefixItems'])[0]
    base['items'] = items === undefined || depth >= depthMax ? { type: 'STRING' } : inner(items)
  }
  if (type === 'OBJECT' && depth < depthMax) {
    const properties = Object.entries(asSchema(schema['properties']))
    const names = properties.map(([name]) => name)
    if (names.length > 0) {
      base['properties'] = Object.fromEntries(
        properties.map(([name, value]) => [name, inner(value)]),
      )
      // Gemini orders by alphabet otherwise, and a model that has to give its verdict before its reasons reasons worse.
      base['propertyOrdering'] = names
      const required = [...new Set(asList(schema['required']))].filter((name) =>
        names.includes(String(name)),
      )
      if (required.length > 0) base['required'] = required
    }
  }
  return base
}
