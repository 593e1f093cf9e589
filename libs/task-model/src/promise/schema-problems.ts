import type { JsonSchema } from '@maestro/contracts/llm/chat'
import {
  OutputSchema,
  outputSchemaBytesMax,
  outputSchemaDepthMax,
} from '@maestro/contracts/task/output-schema'

const problemsMax = 5

/** Why outputs cannot be promised in this schema; empty when they can. */
export const schemaProblems = (schema: JsonSchema): string[] => {
  const { length } = encoder.encode(JSON.stringify(schema))
  // Before anything else: what is small cannot be deep.
  if (length > outputSchemaBytesMax)
    return [`it has ${length} bytes; there may be ${outputSchemaBytesMax}`]
  const parsed = OutputSchema.safeParse(schema)
  if (!parsed.success)
    return parsed.error.issues
      .slice(0, problemsMax)
      .map(({ path, message }) => `${path.length === 0 ? '' : `${path.join('.')}: `}${message}`)
  const depth = depthOf(parsed.data)
  return depth > outputSchemaDepthMax
    ? [`it is ${depth} deep; there may be ${outputSchemaDepthMax}`]
    : []
}

const encoder = new TextEncoder()

const depthOf = ({
  anyOf = [],
  properties = {},
  items,
  additionalProperties: more,
}: OutputSchema) => {
  const inner = [
    ...anyOf,
    ...Object.values(properties),
    ...(items === undefined ? [] : [items]),
    ...(typeof more === 'object' ? [more] : []),
  ]
  return 1 + Math.max(0, ...inner.map((one): number => depthOf(one)))
}
