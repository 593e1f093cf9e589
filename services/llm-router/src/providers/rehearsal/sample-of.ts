import type { JsonSchema } from '@maestro/contracts/llm/chat'
import { OutputSchema } from '@maestro/contracts/task/output-schema'

/** The smallest list that shows what a list is like. */
const itemsShown = 2

/** Something that fits the schema, the same each time, and says where it comes from where it is a text. */
export const sampleOf = (schema: JsonSchema): unknown => {
  const parsed = OutputSchema.safeParse(schema)
  return parsed.success ? valueOf(parsed.data, 'output') : {}
}

const valueOf = (schema: OutputSchema, name: string): unknown => {
  const { anyOf, enum: values, const: value, type, properties = {}, items } = schema
  if (value !== undefined) return value
  if (values !== undefined) return values[0] ?? null
  if (anyOf?.[0] !== undefined) return valueOf(anyOf[0], name)
  switch ([type ?? 'null'].flat()[0]) {
    case 'object':
      return Object.fromEntries(
        Object.entries(properties).map(([key, of]) => [key, valueOf(of, key)]),
      )
    case 'array': {
      const { minItems = 0, maxItems = itemsShown } = schema
      const length = Math.max(minItems, Math.min(itemsShown, maxItems))
      const of = items ?? { type: 'string' as const }
      return Array.from({ length }, (_, index) => valueOf(of, `${name} ${index + 1}`))
    }
    case 'string':
      return textOf(schema, `${name} of a rehearsal`)
    case 'number':
    case 'integer':
      return numberOf(schema)
    case 'boolean':
      return true
    default:
      return null
  }
}

const textOf = ({ minLength = 0, maxLength = Infinity }: OutputSchema, text: string): string =>
  text.padEnd(minLength, '.').slice(0, Math.max(minLength, Math.min(text.length, maxLength)))

const numberOf = ({
  minimum,
  maximum,
  exclusiveMinimum,
  exclusiveMaximum,
}: OutputSchema): number => {
  const low = Math.max(minimum ?? -Infinity, exclusiveMinimum ?? -Infinity)
  const high = Math.min(maximum ?? Infinity, exclusiveMaximum ?? Infinity)
  const fits = (value: number) =>
    value >= (minimum ?? -Infinity) &&
    value <= (maximum ?? Infinity) &&
    value > (exclusiveMinimum ?? -Infinity) &&
    value < (exclusiveMaximum ?? Infinity)
  const tried = [0, Math.ceil(low), Math.floor(low) + 1, Math.floor(high), Math.ceil(high) - 1]
  return tried.find(fits) ?? (low + high) / 2
}
