import {
  type HttpRoute,
  type HttpRoutes,
  plainBodyBytesMax,
} from '@maestro/contracts/gateway/http-route'
import { newTaskId } from '@maestro/service-kit/new-id'
import { withSpan } from '@maestro/service-kit/trace'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Once } from '../idempotency/once.ts'
import { owner } from '../plugins/sign-in.ts'
import type { Answers, HttpRequest } from './answers.ts'
import { fileOf } from './file-of.ts'
import { parsePart, readIdempotencyKey, withoutBlanks } from './parse-request.ts'

type AnyAnswer = (request: HttpRequest<HttpRoute>, reply: FastifyReply) => Promise<unknown>

/** Registers every route of a noun from its row in contracts: address, limits, schemas, status and access stand there alone. */
export const registerRoutes = <Routes extends HttpRoutes>(
  app: FastifyInstance,
  { once }: { once: Once },
  routes: Routes,
  answers: Answers<Routes>,
): void => {
  for (const [name, route] of Object.entries(routes)) {
    // The mapped type has tied this function to this very route; here all of them are handled alike.
    const answer = answers[name] as AnyAnswer
    app.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.bodyBytesMax ?? plainBodyBytesMax,
      config: {
        access: route.access,
        ...(route.takes !== undefined && { takes: route.takes }),
      },
      handler: (request, reply) => handle({ route, answer, once, request, reply }),
    })
  }
}

type Handling = {
  route: HttpRoute
  answer: AnyAnswer
  once: Once
  request: FastifyRequest
  reply: FastifyReply
}

const handle = ({ route, answer, once, request, reply }: Handling): Promise<unknown> => {
  const { traceparent } = request.headers
  return withSpan(
    {
      name: `${route.method} ${route.path}`,
      kind: 'server',
      traceparent: typeof traceparent === 'string' ? traceparent : undefined,
      attributes: { 'http.request.method': route.method, 'http.route': route.path },
    },
    async (span) => {
      const result = await respond({ route, answer, once, request, reply })
      span.setAttribute('http.response.status_code', reply.statusCode)
      return result
    },
  )
}

const respond = async ({ route, answer, once, request, reply }: Handling): Promise<unknown> => {
  const parsed = {
    params: parsePart(route.params, request.params, 'params') as undefined,
    query: parsePart(route.query, withoutBlanks(request.query), 'query') as undefined,
    body: (route.takes === undefined
      ? parsePart(route.body, request.body, 'body')
      : fileOf(request)) as undefined,
  }
  const actor = request.signedIn?.actor ?? owner
  const idempotencyKey = route.keyed ? readIdempotencyKey(request.headers['idempotency-key']) : null
  const context = { actor, requestId: request.id, idempotencyKey }
  const ask = (taskId = newTaskId()) =>
    answer({ ...parsed, context, signedIn: request.signedIn, taskId }, reply)

  void reply.status(route.status)
  if (route.answer !== undefined) void reply.header('cache-control', 'no-store')
  // Who has sent a file before is told by the service that takes it: here its content is not known before its end.
  if (idempotencyKey === null || route.takes !== undefined) return ask()
  const { answer: body, repeated } = await once(
    {
      actor: `${actor.kind}:${actor.id}`,
      key: idempotencyKey,
      request: `${request.method} ${request.url}`,
      bodyHash: request.bodyHash,
    },
    async (taskId) => ({ status: route.status, answer: await ask(taskId) }),
  )
  if (repeated) void reply.header('idempotency-replayed', 'true')
  return body
}
