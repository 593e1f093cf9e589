import type { HttpRoute, HttpRoutes } from '@maestro/contracts/gateway/http-route'
import type { TaskId } from '@maestro/contracts/ids'
import type { RequestContext } from '@maestro/service-kit/request-context'
import type { FastifyReply } from 'fastify'
import type { Readable } from 'node:stream'
import type { z } from 'zod'
import type { SignedIn } from '../plugins/request-types.ts'

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

export type HttpRequest<Route extends HttpRoute> = {
  params: Parsed<Route['params']>
  query: Parsed<Route['query']>
  /** Of a route that takes a file: the file, as it comes. */
  body: Route['takes'] extends string ? Readable : Parsed<Route['body']>
  context: RequestContext
  /** Who asks; null on open routes. */
  signedIn: SignedIn | null
  /** For a task that this request makes; the same again when the request is retried under its key. */
  taskId: TaskId
}

/** What a route answers with: JSON of its schema, as a value or as bytes, or what was given to the reply (a file, nothing). */
type Answer<Route extends HttpRoute> = Route['answer'] extends z.ZodType
  ? z.input<Route['answer']> | Buffer
  : unknown

/** One function for each route of a noun; a route without one, and one without a route, are type errors. */
export type Answers<Routes extends HttpRoutes> = {
  [Name in keyof Routes]: (
    request: HttpRequest<Routes[Name]>,
    reply: FastifyReply,
  ) => Promise<Answer<Routes[Name]>>
}
