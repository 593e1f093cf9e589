import type { ComposedReply } from './compose-reply.ts'
import type { EmulatedMessage, EmulatedRequest } from './emulator-script.ts'
import { firstProblem } from './first-problem.ts'
import { geminiErrorBody, geminiRefusal } from './gemini-refusal.ts'
import { GeminiEmbedWire, GeminiRequestWire, turnProblem } from './gemini-request-wire.ts'
import { type ChatCall, type Frame, type WireDialect, jsonReply } from './wire-dialect.ts'

/** Google's own word for calls that another model made. */
const foreignCall = 'skip_thought_signature_validator'

const chatPath = /^\/v1beta\/models\/([^:]+):(generateContent|streamGenerateContent)$/

const embedPath = /^\/v1beta\/models\/([^:]+):batchEmbedContents$/

const readEmbed = ({ url, body, nth }: ChatCall, model: string) => {
  const parsed = GeminiEmbedWire.safeParse(body)
  const named = parsed.data?.requests.find((request) => request.model !== `models/${model}`)
  if (!parsed.success || named !== undefined) {
    const message = parsed.success
      ? `model does not match ${url.pathname}`
      : firstProblem(parsed.error)
    const details = { model, stream: false, retryAfterMs: null, message }
    return { refused: geminiRefusal('invalid_request', details) }
  }
  const messages = parsed.data.requests.map(({ content }) => ({
    role: 'user' as const,
    text: content.parts.map(({ text }) => text).join(''),
  }))
  const nothing = { stream: false, tools: [], outputSchema: null, outputTokensMax: null }
  return {
    request: {
      provider: 'gemini' as const,
      nth,
      model,
      messages,
      ...nothing,
      embeds: true as const,
    },
  }
}

const toMessages = (wire: GeminiRequestWire): EmulatedMessage[] => [
  ...(wire.systemInstruction === undefined
    ? []
    : [
        {
          role: 'system' as const,
          text: wire.systemInstruction.parts.map(({ text }) => text).join(''),
        },
      ]),
  ...wire.contents.flatMap(({ role, parts }): EmulatedMessage[] => {
    const text = parts.flatMap((part) => ('text' in part ? [part.text] : [])).join('')
    const answers = parts.flatMap((part) =>
      'functionResponse' in part ? [part.functionResponse] : [],
    )
    if (role === 'model') {
      const calls = parts.flatMap((part) => ('functionCall' in part ? [part.functionCall] : []))
      const toolCalls = calls.map(({ id, name, args }) => ({
        id: id ?? null,
        name,
        arguments: args,
      }))
      return [{ role: 'assistant', text, toolCalls }]
    }
    return [
      ...answers.map(({ id, name, response }) => ({
        role: 'tool' as const,
        toolCallId: id ?? null,
        name,
        text:
          typeof response['result'] === 'string' ? response['result'] : JSON.stringify(response),
      })),
      ...(text === '' ? [] : [{ role: 'user' as const, text }]),
    ]
  }),
]

const toUsage = (usage: ComposedReply['usage']) =>
  usage === null
    ? undefined
    : {
        promptTokenCount: usage.inputTokens,
        ...(usage.cachedInputTokens > 0 && { cachedContentTokenCount: usage.cachedInputTokens }),
        candidatesTokenCount: usage.outputTokens - usage.reasoningTokens,
        ...(usage.reasoningTokens > 0 && { thoughtsTokenCount: usage.reasoningTokens }),
        totalTokenCount: usage.inputTokens + usage.outputTokens,
        promptTokensDetails: [{ modality: 'TEXT', tokenCount: usage.inputTokens }],
      }

const finishReasons = { stop: 'STOP', length: 'MAX_TOKENS', blocked: 'SAFETY' } as const

const chunk = (reply: ComposedReply, nth: number, parts: readonly unknown[], isLast: boolean) => ({
  candidates: [
    {
      content: { role: 'model', parts },
      ...(isLast && reply.finish !== null && { finishReason: finishReasons[reply.finish] }),
      index: 0,
    },
  ],
  usageMetadata: toUsage(reply.usage),
  modelVersion: reply.model,
  responseId: `emulated-${nth}`,
})

/** Gemini v1beta. It remembers the thought signatures that it gave, and takes no others. */
export const createGeminiDialect = (): WireDialect => {
  const signatures = new Set([foreignCall])

  const sign = (nth: number, what: string) => {
    const signature = Buffer.from(`signature ${nth} ${what}`).toString('base64')
    signatures.add(signature)
    return signature
  }

  /** Parallel calls come in one piece, signed at the first; a text is signed at its end. */
  const partGroups = (reply: ComposedReply, { nth }: EmulatedRequest) => [
    ...reply.reasonings.map((text) => [{ text, thought: true }]),
    ...reply.texts.map((text) => [{ text }]),
    ...(reply.toolCalls.length === 0
      ? []
      : [
          reply.toolCalls.map((call, index) => ({
            functionCall: {
              name: call.name,
              args:
                typeof call.arguments === 'string'
                  ? (JSON.parse(call.arguments) as unknown)
                  : call.arguments,
            },
            ...(index === 0 && { thoughtSignature: sign(nth, 'call') }),
          })),
        ]),
  ]
  const ending = (reply: ComposedReply, { nth }: EmulatedRequest) =>
    reply.toolCalls.length > 0 || reply.finish === null
      ? []
      : [{ text: '', thoughtSignature: sign(nth, 'text') }]

  return {
    provider: 'gemini',
    keyOf: (headers) => String(headers['x-goog-api-key'] ?? ''),
    isChat: (method, url) =>
      method === 'POST' && (chatPath.test(url.pathname) || embedPath.test(url.pathname)),
    lookUp: (url, models) => {
      if (url.pathname !== '/v1beta/models') return null
      const from = Number(url.searchParams.get('pageToken') ?? 0)
      const to = from + Math.min(Number(url.searchParams.get('pageSize') ?? 50), 1_000)
      return {
        models: models.slice(from, to).map((name) => ({
          name: `models/${name}`,
          displayName: name,
          inputTokenLimit: 1_048_576,
          outputTokenLimit: 65_536,
          supportedGenerationMethods: /embed/.test(name)
            ? ['embedContent']
            : ['generateContent', 'countTokens'],
          thinking: true,
        })),
        ...(to < models.length && { nextPageToken: String(to) }),
      }
    },
    read: (call) => {
      const { url, headers, body, nth } = call
      const [, model = '', method] = chatPath.exec(url.pathname) ?? []
      const details = { model, stream: false, retryAfterMs: null, message: null }
      if (headers['x-goog-api-key'] === undefined || headers['x-goog-api-key'] === '')
        return { refused: geminiRefusal('auth', details) }
      const [, embedModel] = embedPath.exec(url.pathname) ?? []
      if (embedModel !== undefined) return readEmbed(call, decodeURIComponent(embedModel))
      const parsed = GeminiRequestWire.safeParse(body)
      const problem = parsed.success
        ? turnProblem(parsed.data.contents, signatures)
        : firstProblem(parsed.error)
      if (!parsed.success || problem !== null)
        return { refused: geminiRefusal('invalid_request', { ...details, message: problem }) }
      const wire = parsed.data
      return {
        request: {
          provider: 'gemini',
          nth,
          model: decodeURIComponent(model),
          stream: method === 'streamGenerateContent',
          messages: toMessages(wire),
          tools: (wire.tools ?? []).flatMap(({ functionDeclarations }) =>
            functionDeclarations.map(({ parameters, ...tool }) => ({
              ...tool,
              parameters: parameters ?? {},
            })),
          ),
          outputSchema: wire.generationConfig?.responseSchema ?? null,
          outputTokensMax: wire.generationConfig?.maxOutputTokens ?? null,
        },
      }
    },
    streamHeaders: { 'content-type': 'text/event-stream', server: 'scaffolding on HTTPServer2' },
    frames: (reply, request) => {
      const groups = partGroups(reply, request)
      const frame = (parts: readonly unknown[], isPiece: boolean, isLast: boolean): Frame => ({
        text: `data: ${JSON.stringify(chunk(reply, request.nth, parts, isLast))}\r\n\r\n`,
        isPiece,
      })
      return [
        ...groups.map((parts) => frame(parts, true, false)),
        ...(reply.finish === null ? [] : [frame(ending(reply, request), false, true)]),
      ]
    },
    whole: (reply, request) => {
      if (request.embeds === true)
        return jsonReply(200, {
          embeddings: reply.vectors.map((values) => ({ values })),
          ...(reply.usage !== null && {
            usageMetadata: { promptTokenCount: reply.usage.inputTokens },
          }),
        })
      return jsonReply(
        200,
        chunk(
          reply,
          request.nth,
          [...partGroups(reply, request).flat(), ...ending(reply, request)],
          true,
        ),
      )
    },
    refuse: geminiRefusal,
    streamError: (as, details) => `data: ${JSON.stringify(geminiErrorBody(as, details))}\r\n\r\n`,
    brokenFrame: 'data: {"candidates":[{"content":{"parts":[{"text":"SECRET OUT\r\n\r\n',
    besides: ': keep-alive\r\n\r\nevent: message\r\nid: 7\r\n',
  }
}
