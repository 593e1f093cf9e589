import { z } from 'zod'

// The part of JSON Schema that an output can be promised in: what models are asked for on every wire, and
// what can be checked in a time that the size bounds. So there is no pattern (regular expressions
// backtrack), no format, and no $ref (nothing is fetched, and nothing goes round in circles).

const Scalar = z.union([z.string().max(200), z.number(), z.boolean(), z.null()])
const Type = z.enum(['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'])
const count = z.int().nonnegative()

export const OutputSchema = z
  .strictObject({
    title: z.string().max(200).optional(),
    description: z.string().max(1_000).optional(),
    type: z.union([Type, z.array(Type).min(1).max(7)]).optional(),
    enum: z.array(Scalar).min(1).max(100).optional(),
    const: Scalar.optional(),
    get anyOf() {
      return z.array(OutputSchema).min(1).max(8).optional()
    },
    get properties() {
      return z.record(z.string().max(100), OutputSchema).optional()
    },
    required: z.array(z.string().max(100)).max(100).optional(),
    get additionalProperties() {
      return z.union([z.boolean(), OutputSchema]).optional()
    },
    get items() {
      return OutputSchema.optional()
    },
    minItems: count.optional(),
    maxItems: count.optional(),
    minLength: count.optional(),
    maxLength: count.optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
    exclusiveMinimum: z.number().optional(),
    exclusiveMaximum: z.number().optional(),
  })
  .superRefine((node, context) => {
    const say = (message: string) => context.addIssue({ code: 'custom', message })
    const says = [node.type, node.enum, node.const, node.anyOf].filter((one) => one !== undefined)
    if (says.length === 0) say('say what it is: by type, enum, const or anyOf')
    if (node.anyOf !== undefined && says.length > 1) say('anyOf stands alone')
    const missing = node.required?.find((name) => node.properties?.[name] === undefined)
    if (missing !== undefined) say(`"${missing}" is required, and is none of the properties`)
  })
export type OutputSchema = z.infer<typeof OutputSchema>

/** As JSON: it travels in the plan's events and in each request. */
export const outputSchemaBytesMax = 4_096
/** Objects and lists inside each other. */
export const outputSchemaDepthMax = 8
