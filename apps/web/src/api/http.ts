import { ErrorBody } from '@maestro/contracts/error-body'
import { AppError, isErrorCode } from '@maestro/contracts/errors'
import type { HttpRoute } from '@maestro/contracts/gateway/http-route'
import { z } from 'zod'
import type { Ask } from './ask.ts'
import { createIntentKeys, type Intent } from './intent-keys.ts'
import { sendFile } from './send-file.ts'
import { toAddress } from './to-address.ts'

const ErrorReply = z.object({ error: ErrorBody })

type Answered = HttpRoute & { readonly answer: z.ZodType }

export type Http = {
  json: <Route extends Answered>(route: Route, ask?: Ask) => Promise<z.infer<Route['answer']>>
  text: (route: HttpRoute, ask?: Ask) => Promise<string>
  /** Sends a file as the body, and says how much of it is there. */
  file: <Route extends Answered>(
    route: Route,
    ask: Omit<Ask, 'body'> & { file: File; onSent: (bytes: number) => void },
  ) => Promise<z.infer<Route['answer']>>
}

/** The gateway over HTTP. Whatever goes wrong is an AppError that carries the request id. */
export const createHttp = ({
  fetch = globalThis.fetch.bind(globalThis),
  onSignedOut,
}: {
  fetch?: typeof globalThis.fetch
  onSignedOut: () => void
}): Http => {
  const keys = createIntentKeys()

  const mustBeGood = async (route: HttpRoute, response: Response): Promise<Response> => {
    if (response.ok) return response
    if (response.status === 401 && route.access === 'owner') onSignedOut()
    throw await toAppError(response)
  }

  /** Sends it under the key of its intent, where the route takes one. */
  const sendKeyed = async (
    route: HttpRoute,
    { params, said }: Omit<Intent, 'path'>,
    send: (headers: Readonly<Record<string, string>>) => Promise<Response>,
  ): Promise<Response> => {
    if (!route.keyed) return mustBeGood(route, await send({}))
    const intent = { path: route.path, params, said }
    try {
      const response = await mustBeGood(route, await send({ 'idempotency-key': keys.of(intent) }))
      keys.settle(intent)
      return response
    } catch (error) {
      // After an outage nobody knows what became of it.
      if (error instanceof AppError && !error.retry) keys.settle(intent)
      throw error
    }
  }

  const send = (route: HttpRoute, { body, signal, ...ask }: Ask) =>
    sendKeyed(route, { params: ask.params, said: body }, (headers) =>
      fetch(toAddress(route.path, ask), {
        method: route.method,
        credentials: 'same-origin',
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        ...(signal === undefined ? {} : { signal }),
      }).catch((cause: unknown) => {
        if (signal?.aborted) throw cause
        throw new AppError('UNAVAILABLE', {}, { cause, message: 'Maestro does not answer.' })
      }),
    )

  const answerOf = async <Route extends Answered>(
    route: Route,
    response: Response,
  ): Promise<z.infer<Route['answer']>> => {
    const requestId = response.headers.get('x-request-id')
    const parsed = route.answer.safeParse(await response.json().catch(() => undefined))
    if (parsed.success) return parsed.data as z.infer<Route['answer']>
    throw new AppError(
      'INTERNAL',
      { requestId, path: route.path },
      { cause: parsed.error, message: 'The answer of Maestro could not be read.' },
    )
  }

  return {
    json: async (route, ask = {}) => answerOf(route, await send(route, ask)),
    file: async (route, ask) => {
      const { name, size, lastModified } = ask.file
      const said = { name, size, lastModified }
      const response = await sendKeyed(route, { params: ask.params, said }, (headers) =>
        sendFile(route, { ...ask, headers }),
      )
      return answerOf(route, response)
    },
    text: async (route, ask = {}) => (await send(route, ask)).text(),
  }
}

const toAppError = async (response: Response): Promise<AppError> => {
  const reply = ErrorReply.safeParse(await response.json().catch(() => undefined))
  if (reply.success) {
    const { code, message, details, requestId } = reply.data.error
    return new AppError(
      isErrorCode(code) ? code : 'INTERNAL',
      { ...details, requestId },
      { message },
    )
  }
  const requestId = response.headers.get('x-request-id')
  return new AppError(response.status === 404 ? 'NOT_FOUND' : 'UNAVAILABLE', {
    requestId,
    status: response.status,
  })
}
