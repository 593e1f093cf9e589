import { z } from 'zod'

const isJson = (text: string) => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const Schema = z.record(z.string(), z.unknown())

/** What Groq takes at `/openai/v1/chat/completions`: it refuses properties that it does not know. */
export const GroqRequestWire = z
  .strictObject({
    model: z.string().min(1),
    messages: z
      .array(
        z.discriminatedUnion('role', [
          z.strictObject({ role: z.literal('system'), content: z.string() }),
          z.strictObject({ role: z.literal('user'), content: z.string() }),
          z.strictObject({
            role: z.literal('assistant'),
            content: z.string().nullish(),
            tool_calls: z
              .array(
                z.strictObject({
                  id: z.string().min(1),
                  type: z.literal('function'),
                  function: z.strictObject({
                    name: z.string().min(1),
                    arguments: z.string().refine(isJson, 'arguments must be valid JSON'),
                  }),
                }),
              )
              .min(1)
              .optional(),
          }),
          z.strictObject({
            role: z.literal('tool'),
            tool_call_id: z.string(),
            content: z.string(),
          }),
        ]),
      )
      .min(1),
    stream: z.boolean().nullish(),
    max_completion_tokens: z.int().positive().nullish(),
    temperature: z.number().nullish(),
    tools: z
      .array(
        z.strictObject({
          type: z.literal('function'),
          function: z.strictObject({
            name: z.string(),
            description: z.string().optional(),
            parameters: Schema,
            strict: z.boolean().optional(),
          }),
        }),
      )
      .min(1)
      .nullish(),
    tool_choice: z.enum(['none', 'auto', 'required']).nullish(),
    parallel_tool_calls: z.boolean().nullish(),
    reasoning_format: z.enum(['hidden', 'raw', 'parsed']).nullish(),
    reasoning_effort: z.enum(['none', 'default', 'low', 'medium', 'high']).nullish(),
    include_reasoning: z.boolean().nullish(),
    response_format: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('text') }),
        z.strictObject({ type: z.literal('json_object') }),
        z.strictObject({
          type: z.literal('json_schema'),
          json_schema: z.strictObject({
            name: z.string(),
            schema: Schema,
            strict: z.boolean().nullish(),
          }),
        }),
      ])
      .nullish(),
  })
  .superRefine((body, context) => {
    const format = body.response_format?.type ?? 'text'
    const refuse = (message: string) => context.addIssue({ code: 'custom', message })
    if (format !== 'text' && body.tools != null)
      refuse('json mode cannot be combined with tool/function calling')
    if (format === 'json_schema' && body.stream === true)
      refuse('response_format json_schema does not support streaming')
    if (format === 'json_object' && !/json/i.test(JSON.stringify(body.messages)))
      refuse("'messages' must contain the word 'json' in some form")
    const callIds = new Set(
      body.messages.flatMap((message) =>
        message.role === 'assistant' ? (message.tool_calls ?? []).map(({ id }) => id) : [],
      ),
    )
    for (const message of body.messages)
      if (message.role === 'tool' && !callIds.has(message.tool_call_id))
        refuse(`no tool call has the id ${message.tool_call_id}`)
  })
export type GroqRequestWire = z.infer<typeof GroqRequestWire>
