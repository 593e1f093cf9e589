import { z } from 'zod'
import { namedSchemas } from './named-schemas.ts'

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

/**
 * Writes zod schemas as JSON Schema (2020-12), and collects the named ones on the way.
 * `input` is what may be sent, `output` what is answered: where the two differ, both are kept.
 */
export type SchemaWriter = {
  write: (schema: z.ZodType, io: 'input' | 'output') => JsonObject
  /** The named schemas that were referred to, in the order of their names. */
  components: () => JsonObject
}

const refStart = '#/$defs/'

export const createSchemaWriter = (componentsAt: string): SchemaWriter => {
  const components = new Map<string, { text: string; schema: JsonObject }>()

  const write = (schema: z.ZodType, io: 'input' | 'output'): JsonObject => {
    const { $schema: _dialect, $defs: defs = {}, ...body } = toJsonSchema(schema, io)
    const renamed = new Map<string, string>()
    for (const [id, definition] of Object.entries(defs as JsonObject)) {
      renamed.set(id, nameFor(id, JSON.stringify(definition)))
    }
    const refersTo = (value: Json): Json => withRefs(value, componentsAt, renamed)
    for (const [id, definition] of Object.entries(defs as JsonObject)) {
      const name = renamed.get(id) ?? id
      const text = JSON.stringify(definition)
      components.set(name, { text, schema: refersTo(definition) as JsonObject })
    }
    return refersTo(body) as JsonObject
  }

  /** The same name for the same schema; what is sent differs from what is answered by its defaults. */
  const nameFor = (id: string, text: string): string => {
    const known = components.get(id)
    return known === undefined || known.text === text ? id : `${id}Sent`
  }

  return {
    write,
    components: () =>
      Object.fromEntries(
        [...components]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([id, { schema }]) => [id, schema]),
      ),
  }
}

/** A schema with everything that it refers to inside. */
export const standAloneSchema = (schema: z.ZodType): JsonObject => toJsonSchema(schema, 'output')

const toJsonSchema = (schema: z.ZodType, io: 'input' | 'output'): JsonObject =>
  z.toJSONSchema(schema, {
    io,
    metadata: namedSchemas,
    override: ({ zodSchema, jsonSchema }) => {
      // Answers and events may grow; only what was declared strict refuses more fields.
      if (zodSchema instanceof z.ZodObject && zodSchema.def.catchall === undefined) {
        delete jsonSchema.additionalProperties
      }
      // What is read out of a text, as numbers in addresses are, has its default all the same.
      if (zodSchema instanceof z.ZodDefault && zodSchema.def.innerType instanceof z.ZodPipe) {
        jsonSchema.default = zodSchema.def.defaultValue
      }
      // The format says it; the pattern beside it is half a page.
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
    },
  }) as JsonObject

const withRefs = (value: Json, componentsAt: string, renamed: Map<string, string>): Json => {
  if (Array.isArray(value)) return value.map((part) => withRefs(part, componentsAt, renamed))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => {
      if (key !== '$ref' || typeof part !== 'string' || !part.startsWith(refStart)) {
        return [key, withRefs(part, componentsAt, renamed)]
      }
      const id = part.slice(refStart.length)
      return [key, `${componentsAt}${renamed.get(id) ?? id}`]
    }),
  )
}
