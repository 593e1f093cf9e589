import type { z } from 'zod'
import type { ErrorCode } from '../errors.ts'

/** One row of the gateway's table: what it is registered from and what OpenAPI is generated from. */
export type HttpRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Parameters as `:name`. */
  readonly path: `/api/${string}`
  readonly tag: string
  readonly summary: string
  /** `open`: for everybody; `owner`: signed in as the owner. */
  readonly access: 'open' | 'owner'
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** What the JSON answer looks like; left out: the answer is a file or empty. */
  readonly answer?: z.ZodType
  /** The kinds of file that it answers with, where it answers with a file. */
  readonly files?: readonly string[]
  readonly status: 200 | 201 | 204
  /** Takes `Idempotency-Key`: the same key again gets the same answer. */
  readonly keyed: boolean
  readonly bodyBytesMax?: number
  /** The kind of file that its body is, taken as a stream; `keyed`: by the service behind it, which sees the content. */
  readonly takes?: string
  /** Rejections beside those that any route may answer with. */
  readonly errors: readonly ErrorCode[]
}

export type HttpRoutes = Readonly<Record<string, HttpRoute>>

/** What any route may answer with: its caller's mistakes, outages and defects. */
export const impliedErrors = [
  'INVALID_INPUT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'UNAVAILABLE',
  'TIMEOUT',
  'INTERNAL',
] as const satisfies readonly ErrorCode[]

/** A route that asks what an endpoint of the bus answers says the same of it, and is refused for the same reasons. */
export const saidAs = ({ summary, errors }: Pick<HttpRoute, 'summary' | 'errors'>) => ({
  summary,
  errors,
})

/** The same of one that takes a key, which may have been used for another request. */
export const keyedAs = ({ summary, errors }: Pick<HttpRoute, 'summary' | 'errors'>) => ({
  summary,
  errors: [...errors, 'IDEMPOTENCY_CONFLICT'] as const,
})

/** Bodies that carry no files. A plan of a thousand steps has its own bound, that of a new task. */
export const plainBodyBytesMax = 256 * 1024

/** Checks each route of a noun and keeps its exact type. */
export const httpRoutesOf = <Routes extends HttpRoutes>(routes: Routes): Routes => routes
