import { z } from 'zod'
import type { ComposedReply } from './compose-reply.ts'
import type { EmulatedMessage, EmulatedRequest, Refusal } from './emulator-script.ts'
import { firstProblem } from './first-problem.ts'
import { type HttpReply, type RefusalDetails, type WireDialect, jsonReply } from './wire-dialect.ts'

const Json = z.record(z.string(), z.unknown())

const Message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.enum(['system', 'user']), content: z.string() }),
  z.strictObject({
    role: z.literal('assistant'),
    content: z.string(),
    thinking: z.string().optional(),
    tool_calls: z
      .array(z.strictObject({ function: z.strictObject({ name: z.string(), arguments: Json }) }))
      .optional(),
  }),
  z.strictObject({ role: z.literal('tool'), content: z.string(), tool_name: z.string() }),
])

/** What Ollama takes at `/api/chat`. The real server ignores what it does not know; here it is a mistake. */
const OllamaRequestWire = z.strictObject({
  model: z.string().min(1),
  messages: z.array(Message),
  stream: z.boolean().default(true),
  tools: z
    .array(
      z.strictObject({
        type: z.literal('function'),
        function: z.strictObject({
          name: z.string(),
          description: z.string(),
          parameters: Json,
        }),
      }),
    )
    .optional(),
  format: z.union([z.literal('json'), Json]).optional(),
  think: z.union([z.boolean(), z.enum(['low', 'medium', 'high'])]).optional(),
  keep_alive: z.union([z.string(), z.number()]).optional(),
  options: z.strictObject({
    num_ctx: z.int().positive(),
    num_predict: z.int().positive(),
    temperature: z.number().optional(),
  }),
})

/** What it takes at `/api/embed`. */
const OllamaEmbedWire = z.strictObject({
  model: z.string().min(1),
  input: z.union([z.string(), z.array(z.string()).min(1)]),
  truncate: z.boolean().default(true),
  keep_alive: z.union([z.string(), z.number()]).optional(),
})

const toMessage = (message: z.infer<typeof Message>): EmulatedMessage => {
  switch (message.role) {
    case 'assistant':
      return {
        role: 'assistant',
        text: message.content,
        toolCalls: (message.tool_calls ?? []).map((call) => ({
          id: null,
          name: call.function.name,
          arguments: call.function.arguments,
        })),
      }
    case 'tool':
      return { role: 'tool', toolCallId: null, name: message.tool_name, text: message.content }
    default:
      return { role: message.role, text: message.content }
  }
}

const refusals: Record<Exclude<Refusal, 'content_blocked'>, [status: number, message: string]> = {
  rate_limited: [429, 'you have reached your usage limit, please try again later'],
  rate_limited_day: [429, 'you have reached your daily usage limit'],
  overloaded: [503, 'server busy, please try again.  maximum pending requests exceeded'],
  server_error: [500, 'llama runner process has terminated'],
  auth: [401, 'unauthorized'],
  not_found: [404, "model 'x' not found"],
  too_large: [400, 'the input length exceeds the context length'],
  invalid_request: [400, '"x" does not support tools'],
  model_output: [
    500,
    "error parsing tool call: raw='{\"SECRET OUTPUT', err=unexpected end of JSON input",
  ],
}

const refuse = (as: Refusal, details: RefusalDetails): HttpReply => {
  if (as === 'content_blocked') throw new Error('Ollama has no such refusal; script it for Gemini')
  const [status, message] = refusals[as]
  const wait: Record<string, string> =
    status === 429 && details.retryAfterMs !== null
      ? { 'retry-after': String(Math.ceil(details.retryAfterMs / 1_000)) }
      : {}
  return jsonReply(status, { error: details.message ?? message.replace('x', details.model) }, wait)
}

const head = (reply: ComposedReply) => ({
  model: reply.model,
  created_at: '2026-11-22T10:00:00.000000000Z',
})

const toolCalls = (reply: ComposedReply) =>
  reply.toolCalls.map(({ name, arguments: args }) => ({
    function: { name, arguments: typeof args === 'string' ? (JSON.parse(args) as unknown) : args },
  }))

/** Durations are nanoseconds. Tool calls finish with `stop`. */
const ending = (reply: ComposedReply) =>
  reply.finish === null
    ? { done: false }
    : {
        done: true,
        done_reason: reply.finish === 'length' ? 'length' : 'stop',
        total_duration: 4_883_583_458,
        load_duration: 1_334_875,
        ...(reply.usage !== null && { prompt_eval_count: reply.usage.inputTokens }),
        prompt_eval_duration: 342_546_000,
        ...(reply.usage !== null && { eval_count: reply.usage.outputTokens }),
        eval_duration: 4_535_599_000,
      }

const readEmbed = (body: unknown, nth: number) => {
  const parsed = OllamaEmbedWire.safeParse(body)
  if (!parsed.success) {
    const message = firstProblem(parsed.error)
    const details = { model: '', stream: false, retryAfterMs: null, message }
    return { refused: refuse('invalid_request', details) }
  }
  const { model, input } = parsed.data
  const messages = [input].flat().map((text) => ({ role: 'user' as const, text }))
  const nothing = { stream: false, tools: [], outputSchema: null, outputTokensMax: null }
  return {
    request: {
      provider: 'ollama' as const,
      nth,
      model,
      messages,
      ...nothing,
      embeds: true as const,
    },
  }
}

/** Ollama: one JSON object per line, tool arguments as objects, no ids. */
export const createOllamaDialect = (): WireDialect => ({
  provider: 'ollama',
  keyOf: () => null,
  isChat: (method, url) => method === 'POST' && /^\/api\/(?:chat|embed)$/.test(url.pathname),
  lookUp: (url, models) => {
    if (url.pathname === '/api/version') return { version: '0.40.12' }
    if (url.pathname !== '/api/tags') return null
    return {
      models: models.map((name) => ({
        name,
        model: name,
        modified_at: '2026-10-01T08:00:00Z',
        size: 5_000_000_000,
        digest: 'e'.repeat(64),
        details: {
          parent_model: '',
          format: 'gguf',
          family: /embed/.test(name) ? 'nomic-bert' : 'qwen3',
          families: [/embed/.test(name) ? 'nomic-bert' : 'qwen3'],
          parameter_size: '8B',
          quantization_level: 'Q4_K_M',
        },
      })),
    }
  },
  read: ({ url, body, nth }) => {
    if (url.pathname === '/api/embed') return readEmbed(body, nth)
    const parsed = OllamaRequestWire.safeParse(body)
    if (!parsed.success) {
      const message = firstProblem(parsed.error)
      const details = { model: '', stream: false, retryAfterMs: null, message }
      return { refused: refuse('invalid_request', details) }
    }
    const wire = parsed.data
    return {
      request: {
        provider: 'ollama',
        nth,
        model: wire.model,
        stream: wire.stream,
        messages: wire.messages.map(toMessage),
        tools: (wire.tools ?? []).map((tool) => tool.function),
        outputSchema: typeof wire.format === 'object' ? wire.format : null,
        outputTokensMax: wire.options.num_predict,
      },
    }
  },
  streamHeaders: { 'content-type': 'application/x-ndjson' },
  frames: (reply: ComposedReply, _request: EmulatedRequest) => {
    const line = (message: Record<string, unknown>, isPiece: boolean, more: object) => ({
      text: `${JSON.stringify({ ...head(reply), message: { role: 'assistant', ...message }, ...more })}\n`,
      isPiece,
    })
    const open = { done: false }
    return [
      ...reply.reasonings.map((thinking) => line({ content: '', thinking }, true, open)),
      ...reply.texts.map((content) => line({ content }, true, open)),
      ...toolCalls(reply).map((call) => line({ content: '', tool_calls: [call] }, true, open)),
      ...(reply.finish === null ? [] : [line({ content: '' }, false, ending(reply))]),
    ]
  },
  whole: (reply, request) => {
    if (request.embeds === true)
      return jsonReply(200, {
        model: reply.model,
        embeddings: reply.vectors,
        total_duration: 14_143_917,
        load_duration: 1_019_500,
        ...(reply.usage !== null && { prompt_eval_count: reply.usage.inputTokens }),
      })
    return jsonReply(200, {
      ...head(reply),
      message: {
        role: 'assistant',
        content: reply.texts.join(''),
        ...(reply.reasonings.length > 0 && { thinking: reply.reasonings.join('') }),
        ...(reply.toolCalls.length > 0 && { tool_calls: toolCalls(reply) }),
      },
      ...ending(reply),
    })
  },
  refuse,
  streamError: (as, details) => `${refuse(as, details).body}\n`,
  brokenFrame: '{"model":"x","message":{"role":"assistant","content":"SECRET OUT\n',
  besides: '\n',
})
