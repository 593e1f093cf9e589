import type { JsonSchema } from '@maestro/contracts/llm/chat'

const asSchema = (value: unknown): JsonSchema =>
  typeof value === 'object' && value !== null ? (value as JsonSchema) : {}

const numberOr = (value: unknown, otherwise: number) =>
  typeof value === 'number' ? value : otherwise

const resolve = (schema: JsonSchema, root: JsonSchema): JsonSchema => {
  const ref = schema['$ref']
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return schema
  return ref
    .slice(2)
    .split('/')
    .reduce<JsonSchema>((node, key) => asSchema(node[key]), root)
}

/** The smallest value that fits a schema, the same for the same schema. Reads JSON Schema and Gemini's subset of it. */
export const exampleOfSchema = (
  schema: JsonSchema,
  root: JsonSchema = schema,
  depth = 0,
): unknown => {
  const node = resolve(schema, root)
  if (depth > 12) return null
  if ('const' in node) return node['const']
  if (Array.isArray(node['enum'])) return node['enum'][0]
  const alternatives = node['anyOf'] ?? node['oneOf']
  if (Array.isArray(alternatives))
    return exampleOfSchema(asSchema(alternatives[0]), root, depth + 1)
  const named: unknown = Array.isArray(node['type']) ? node['type'][0] : node['type']
  switch (typeof named === 'string' ? named.toLowerCase() : 'object') {
    case 'string':
      return 'text'.padEnd(numberOr(node['minLength'], 0), '.')
    case 'integer':
    case 'number':
      return numberOr(node['minimum'], numberOr(node['exclusiveMinimum'], -1) + 1)
    case 'boolean':
      return true
    case 'null':
      return null
    case 'array':
      return Array.from({ length: numberOr(node['minItems'], 0) }, () =>
        exampleOfSchema(asSchema(node['items']), root, depth + 1),
      )
    default:
      return Object.fromEntries(
        Object.entries(asSchema(node['properties'])).map(([name, property]) => [
          name,
          exampleOfSchema(asSchema(property), root, depth + 1),
        ]),
      )
  }
}
