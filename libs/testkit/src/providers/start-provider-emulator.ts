import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  createServer,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { chooseReply } from './compose-reply.ts'
import type { EmulatedProvider, EmulatedRequest, EmulatorScript } from './emulator-script.ts'
import { createGeminiDialect } from './gemini-dialect.ts'
import { createGroqDialect } from './groq-dialect.ts'
import { createOllamaDialect } from './ollama-dialect.ts'
import { sendHttpReply, sendReply } from './send-reply.ts'
import { jsonReply } from './wire-dialect.ts'

/** A chat request that an emulator received, with how its connection ended. Times are milliseconds of `performance.now()`. */
export type RecordedRequest = {
  nth: number
  path: string
  headers: IncomingHttpHeaders
  /** The JSON that was sent. */
  body: unknown
  /** Null when the emulator refused it as malformed. */
  request: EmulatedRequest | null
  receivedAt: number
  /** Settles when the response is over: whether the client hung up before it was complete, when, and how much of it was taken. */
  ended: Promise<{ aborted: boolean; at: number; bytesSent: number }>
}

export type ProviderEmulator = {
  provider: EmulatedProvider
  /** To give to an SDK as its base address; without a path. */
  url: string
  requests: readonly RecordedRequest[]
  /** Paths of everything that was asked besides chats. */
  lookUps: readonly string[]
  close: () => Promise<void>
}

const dialects = {
  groq: createGroqDialect,
  gemini: createGeminiDialect,
  ollama: createOllamaDialect,
} as const

const defaultModels: Record<EmulatedProvider, readonly string[]> = {
  groq: ['openai/gpt-oss-120b', 'openai/gpt-oss-20b'],
  gemini: ['gemini-3.8-flash'],
  ollama: ['nomic-embed-text:latest', 'qwen3:8b'],
}

const readBody = async (message: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  try {
    return JSON.parse(Buffer.concat(chunks).toString())
  } catch {
    return null
  }
}

/** A provider of models that says what a script tells it to, over the provider's own wire. Listens on 127.0.0.1 at a free port, or at `port`. */
export const startProviderEmulator = async ({
  provider,
  script = {},
  port = 0,
  requestsKept = Number.POSITIVE_INFINITY,
}: {
  provider: EmulatedProvider
  script?: EmulatorScript
  port?: number
  /** The oldest go first: for runs of so many requests that they would fill the memory. */
  requestsKept?: number
}): Promise<ProviderEmulator> => {
  const dialect = dialects[provider]()
  const models = script.models ?? defaultModels[provider]
  const requests: RecordedRequest[] = []
  const lookUps: string[] = []
  let chats = 0

  const takesKey = (headers: IncomingHttpHeaders): boolean => {
    const key = dialect.keyOf(headers)
    return key === null || script.keys === undefined || script.keys().includes(key)
  }
  /** Some providers, and what stands in front of them, quote the key that they refuse: nothing of it may leave the router. */
  const refusedKey = (headers: IncomingHttpHeaders) =>
    dialect.refuse('auth', {
      model: '',
      stream: false,
      retryAfterMs: null,
      message: `Incorrect API key provided: ${dialect.keyOf(headers)}.`,
    })

  const answerChat = async (message: IncomingMessage, response: ServerResponse, url: URL) => {
    const gone = new AbortController()
    const { socket } = message
    const sentBefore = socket.bytesWritten
    const ended: RecordedRequest['ended'] = new Promise((resolve) => {
      response.once('close', () => {
        gone.abort()
        const bytesSent = socket.bytesWritten - sentBefore
        resolve({ aborted: !response.writableFinished, at: performance.now(), bytesSent })
      })
    })
    const receivedAt = performance.now()
    const body = await readBody(message)
    chats += 1
    const nth = chats
    const read = dialect.read({ url, headers: message.headers, body, nth })
    const request = 'request' in read ? read.request : null
    requests.push({
      nth,
      path: url.pathname,
      headers: message.headers,
      body,
      request,
      receivedAt,
      ended,
    })
    if (!takesKey(message.headers)) return sendHttpReply(response, refusedKey(message.headers))
    if (requests.length > requestsKept) requests.shift()
    if ('refused' in read) return sendHttpReply(response, read.refused)
    const { model, stream } = read.request
    if (models.length > 0 && !models.includes(model)) {
      const details = { model, stream, retryAfterMs: null, message: null }
      return sendHttpReply(response, dialect.refuse('not_found', details))
    }
    const reply = await chooseReply(script, read.request)
    await sendReply(response, gone.signal, { reply, request: read.request, dialect })
  }

  const server = createServer((message, response) => {
    const url = new URL(message.url ?? '/', 'http://127.0.0.1')
    if (dialect.isChat(message.method ?? '', url)) {
      answerChat(message, response, url).catch((error: unknown) => {
        if (response.destroyed) return
        // A script that throws is a mistake in the test: it shows as an answer that no provider gives.
        if (!response.headersSent) response.writeHead(599, { 'content-type': 'text/plain' })
        response.end(`the script of the ${provider} emulator failed: ${String(error)}`)
      })
      return
    }
    lookUps.push(url.pathname)
    if (!takesKey(message.headers)) {
      sendHttpReply(response, refusedKey(message.headers))
      return
    }
    const found =
      message.method === 'GET' ? dialect.lookUp(url, models, script.prices?.() ?? {}) : null
    sendHttpReply(response, jsonReply(found === null ? 404 : 200, found ?? { error: 'not found' }))
  })
  // A client that a busy machine holds up must not meet a connection that was closed for being idle.
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address() as AddressInfo

  return {
    provider,
    url: `http://127.0.0.1:${address.port}`,
    requests,
    lookUps,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
