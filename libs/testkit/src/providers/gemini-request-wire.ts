import { z } from 'zod'

const text = z.strictObject({
  text: z.string(),
  thought: z.boolean().optional(),
  thoughtSignature: z.string().optional(),
})

const functionCall = z.strictObject({
  functionCall: z.strictObject({
    id: z.string().optional(),
    name: z.string().min(1),
    args: z.record(z.string(), z.unknown()).optional(),
  }),
  thoughtSignature: z.string().optional(),
})

const functionResponse = z.strictObject({
  functionResponse: z.strictObject({
    id: z.string().optional(),
    name: z.string().min(1),
    response: z.record(z.string(), z.unknown()),
  }),
})

const bound = z.int().nonnegative().optional()

/** The part of OpenAPI 3.0 that Gemini knows; everything else is an "Unknown name". */
const Schema = z
  .strictObject({
    type: z.enum(['STRING', 'NUMBER', 'INTEGER', 'BOOLEAN', 'ARRAY', 'OBJECT', 'NULL']).optional(),
    format: z.string().optional(),
    title: z.string().optional(),
    description: z.string().optional(),
    nullable: z.boolean().optional(),
    enum: z.array(z.string()).optional(),
    get items() {
      return Schema.optional()
    },
    get properties(): z.ZodOptional<z.ZodRecord<z.ZodString, typeof Schema>> {
      return z.record(z.string(), Schema).optional()
    },
    get anyOf(): z.ZodOptional<z.ZodArray<typeof Schema>> {
      return z.array(Schema).optional()
    },
    required: z.array(z.string()).optional(),
    propertyOrdering: z.array(z.string()).optional(),
    minItems: bound,
    maxItems: bound,
    minLength: bound,
    maxLength: bound,
    pattern: z.string().optional(),
    minimum: z.number().optional(),
    maximum: z.number().optional(),
  })
  .superRefine((schema, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', message })
    if (schema.type === undefined && schema.anyOf === undefined) refuse('schema has no type')
    if (schema.type === 'ARRAY' && schema.items === undefined) refuse('items: missing field')
    if (schema.enum !== undefined && schema.type !== 'STRING') refuse('enum: only for STRING')
    const unknown = schema.required?.find((name) => !(name in (schema.properties ?? {})))
    if (unknown !== undefined) refuse(`required: property is not defined: ${unknown}`)
  })

const Parameters = Schema.refine(
  (schema) => schema.type === 'OBJECT' && Object.keys(schema.properties ?? {}).length > 0,
  'parameters.properties: should be non-empty for OBJECT type',
)

/** What Gemini takes at `:generateContent` and `:streamGenerateContent`. */
export const GeminiRequestWire = z.strictObject({
  contents: z
    .array(
      z.strictObject({
        role: z.enum(['user', 'model', 'function']),
        parts: z.array(z.union([text, functionCall, functionResponse])).min(1),
      }),
    )
    .min(1),
  systemInstruction: z
    .strictObject({ role: z.string().optional(), parts: z.array(text).min(1) })
    .optional(),
  tools: z
    .array(
      z.strictObject({
        functionDeclarations: z.array(
          z.strictObject({
            name: z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_.-]{0,63}$/),
            description: z.string(),
            parameters: Parameters.optional(),
          }),
        ),
      }),
    )
    .optional(),
  toolConfig: z
    .strictObject({
      functionCallingConfig: z.strictObject({ mode: z.enum(['AUTO', 'ANY', 'NONE']) }),
    })
    .optional(),
  safetySettings: z
    .array(z.strictObject({ category: z.string(), threshold: z.string() }))
    .optional(),
  generationConfig: z
    .strictObject({
      temperature: z.number().optional(),
      maxOutputTokens: z.int().positive().optional(),
      responseMimeType: z.enum(['text/plain', 'application/json']).optional(),
      responseSchema: Schema.optional(),
      thinkingConfig: z
        .strictObject({
          includeThoughts: z.boolean().optional(),
          thinkingLevel: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
})
export type GeminiRequestWire = z.infer<typeof GeminiRequestWire>

/** What Gemini takes at `:batchEmbedContents`: the model is named with each text. */
export const GeminiEmbedWire = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        model: z.string().startsWith('models/'),
        content: z.strictObject({
          role: z.string().optional(),
          parts: z.array(z.strictObject({ text: z.string().min(1) })).min(1),
        }),
        taskType: z.string().optional(),
        outputDimensionality: z.int().positive().optional(),
      }),
    )
    .min(1)
    .max(100, 'at most 100 requests can be in one batch'),
})

type Content = GeminiRequestWire['contents'][number]

const callsOf = (content: Content) =>
  content.parts.flatMap((part) => ('functionCall' in part ? [part] : []))

/** What the schema cannot say: answers to calls are complete, and the calls of the running turn carry their signatures. */
export const turnProblem = (
  contents: readonly Content[],
  knownSignatures: ReadonlySet<string>,
): string | null => {
  for (const [index, content] of contents.entries()) {
    const calls = callsOf(content)
    const answers = (contents[index + 1]?.parts ?? []).filter((part) => 'functionResponse' in part)
    if (calls.length > 0 && calls.length !== answers.length)
      return 'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.'
  }
  const turnBegins = contents.findLastIndex(
    ({ role, parts }) => role === 'user' && parts.some((part) => 'text' in part),
  )
  for (const content of contents.slice(turnBegins + 1)) {
    const first = callsOf(content)[0]
    if (first === undefined) continue
    if (first.thoughtSignature === undefined)
      return `Function call is missing a thought_signature in functionCall parts. This is required for tools to work correctly. Function call \`${first.functionCall.name}\`.`
    if (!knownSignatures.has(first.thoughtSignature)) return 'Corrupted thought signature.'
  }
  return null
}
