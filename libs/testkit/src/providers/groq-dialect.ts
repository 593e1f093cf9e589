import type { ComposedReply } from './compose-reply.ts'
import type { EmulatedMessage, EmulatedRequest, Refusal } from './emulator-script.ts'
import { firstProblem } from './first-problem.ts'
import { groqRefusal, groqRefusalBody } from './groq-refusal.ts'
import { GroqRequestWire } from './groq-request-wire.ts'
import { type Frame, type HttpReply, type WireDialect, jsonReply } from './wire-dialect.ts'

/** A fixed moment, so that the same script gives the same bytes. */
const created = 1_790_000_000

const headers = {
  'x-ratelimit-limit-requests': '14400',
  'x-ratelimit-limit-tokens': '250000',
  'x-ratelimit-remaining-requests': '14370',
  'x-ratelimit-remaining-tokens': '249700',
  'x-ratelimit-reset-requests': '2m59.56s',
  'x-ratelimit-reset-tokens': '72ms',
  'x-request-id': 'req_emulated',
}

const toUsage = (usage: ComposedReply['usage']) =>
  usage === null
    ? undefined
    : {
        queue_time: 0.0012,
        prompt_tokens: usage.inputTokens,
        prompt_time: 0.0031,
        completion_tokens: usage.outputTokens,
        completion_time: 0.0206,
        total_tokens: usage.inputTokens + usage.outputTokens,
        total_time: 0.0237,
        prompt_tokens_details: { cached_tokens: usage.cachedInputTokens },
        completion_tokens_details: { reasoning_tokens: usage.reasoningTokens },
      }

const toArguments = (args: Record<string, unknown> | string) =>
  typeof args === 'string' ? args : JSON.stringify(args)

const finishReason = (reply: ComposedReply) => {
  if (reply.finish === null) return null
  if (reply.finish === 'length') return 'length'
  return reply.toolCalls.length > 0 ? 'tool_calls' : 'stop'
}

const toMessages = (wire: GroqRequestWire): EmulatedMessage[] =>
  wire.messages.map((message): EmulatedMessage => {
    switch (message.role) {
      case 'assistant':
        return {
          role: 'assistant',
          text: message.content ?? '',
          toolCalls: (message.tool_calls ?? []).map((call) => ({
            id: call.id,
            name: call.function.name,
            arguments: JSON.parse(call.function.arguments) as unknown,
          })),
        }
      case 'tool':
        return { role: 'tool', toolCallId: message.tool_call_id, name: null, text: message.content }
      default:
        return { role: message.role, text: message.content }
    }
  })

const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`

const frames = (reply: ComposedReply, request: EmulatedRequest): readonly Frame[] => {
  const base = {
    id: `chatcmpl-emulated-${request.nth}`,
    object: 'chat.completion.chunk',
    created,
    model: reply.model,
    system_fingerprint: 'fp_emulated',
  }
  const chunk = (delta: unknown, isPiece: boolean, more: Record<string, unknown> = {}): Frame => ({
    text: event({
      ...base,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: null }],
      ...more,
    }),
    isPiece,
  })
  const id = `req_emulated_${request.nth}`
  const finish = finishReason(reply)
  return [
    chunk({ role: 'assistant', content: '' }, false, { x_groq: { id } }),
    ...reply.reasonings.map((reasoning) => chunk({ reasoning }, true)),
    ...reply.texts.map((content) => chunk({ content }, true)),
    // The beginnings of all calls come before their arguments, and those come in halves: that is allowed, and a reader that does not go by the index mixes them up.
    ...reply.toolCalls.map((call, index) =>
      chunk(
        {
          tool_calls: [
            { index, id: call.id, type: 'function', function: { name: call.name, arguments: '' } },
          ],
        },
        true,
      ),
    ),
    ...[0, 1].flatMap((half) =>
      reply.toolCalls.map((call, index) => {
        const text = toArguments(call.arguments)
        const middle = Math.ceil(text.length / 2)
        const part = half === 0 ? text.slice(0, middle) : text.slice(middle)
        return chunk({ tool_calls: [{ index, function: { arguments: part } }] }, true)
      }),
    ),
    ...(finish === null
      ? []
      : [
          {
            text: event({
              ...base,
              choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: finish }],
              x_groq: { id, usage: toUsage(reply.usage) },
            }),
            isPiece: false,
          },
          { text: 'data: [DONE]\n\n', isPiece: false },
        ]),
  ]
}

const whole = (reply: ComposedReply, request: EmulatedRequest): HttpReply =>
  jsonReply(
    200,
    {
      id: `chatcmpl-emulated-${request.nth}`,
      object: 'chat.completion',
      created,
      model: reply.model,
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: reply.texts.length > 0 ? reply.texts.join('') : null,
            ...(reply.reasonings.length > 0 && { reasoning: reply.reasonings.join('') }),
            ...(reply.toolCalls.length > 0 && {
              tool_calls: reply.toolCalls.map((call) => ({
                id: call.id,
                type: 'function',
                function: { name: call.name, arguments: toArguments(call.arguments) },
              })),
            }),
          },
          logprobs: null,
          finish_reason: finishReason(reply),
        },
      ],
      usage: toUsage(reply.usage),
      system_fingerprint: 'fp_emulated',
      // Not the usage: in a whole answer this names caches of the hardware.
      x_groq: {
        id: `req_emulated_${request.nth}`,
        usage: { dram_cached_tokens: 7, sram_cached_tokens: 0 },
      },
    },
    headers,
  )

/** Groq: OpenAI's protocol with usage under `x_groq`. */
export const createGroqDialect = (): WireDialect => ({
  provider: 'groq',
  keyOf: ({ authorization = '' }) => /^Bearer (\S+)$/.exec(authorization)?.[1] ?? '',
  isChat: (method, url) => method === 'POST' && url.pathname === '/openai/v1/chat/completions',
  lookUp: (url, models, prices) =>
    url.pathname === '/openai/v1/models'
      ? {
          object: 'list',
          data: models.map((id) => ({
            id,
            object: 'model',
            created,
            owned_by: 'emulator',
            active: true,
            context_window: 131_072,
            max_completion_tokens: 65_536,
            context_length: 131_072,
            max_output_length: 65_536,
            input_modalities: ['text'],
            output_modalities: ['text'],
            // What is not billed has no such field.
            ...(prices[id] === undefined ? {} : { pricing: prices[id] }),
          })),
        }
      : null,
  read: ({ body, headers: sent, nth }) => {
    const refused = (as: Refusal, message: string) => ({
      refused: groqRefusal(as, { model: '', stream: false, retryAfterMs: null, message }),
    })
    if (!/^Bearer \S+$/.test(sent.authorization ?? '')) return refused('auth', 'Invalid API Key')
    const parsed = GroqRequestWire.safeParse(body)
    if (!parsed.success) return refused('invalid_request', firstProblem(parsed.error))
    const wire = parsed.data
    const format = wire.response_format
    return {
      request: {
        provider: 'groq',
        nth,
        model: wire.model,
        stream: wire.stream ?? false,
        messages: toMessages(wire),
        tools: (wire.tools ?? []).map(({ function: { name, description, parameters } }) => ({
          name,
          description: description ?? '',
          parameters,
        })),
        outputSchema: format?.type === 'json_schema' ? format.json_schema.schema : null,
        outputTokensMax: wire.max_completion_tokens ?? null,
      },
    }
  },
  streamHeaders: { ...headers, 'content-type': 'text/event-stream' },
  frames,
  whole,
  refuse: groqRefusal,
  streamError: (as, details) => `event: error\n${event(groqRefusalBody(as, details).body)}`,
  brokenFrame: 'data: {"id":"chatcmpl-broken","choices":[{"delta":{"content":"SECRET OUT\n\n',
  besides: ': keep-alive\n\nevent: message\nid: 7\n',
})
