import type { z } from 'zod'
import { type ErrorCode, errorCodes } from '../src/errors.ts'
import { ErrorBody } from '../src/error-body.ts'
import { type HttpRoute, impliedErrors } from '../src/gateway/http-route.ts'
import { httpRoutes } from '../src/gateway/http-routes.ts'
import {
  createSchemaWriter,
  type Json,
  type JsonObject,
  type SchemaWriter,
} from './json-schemas.ts'

const description = [
  'One goal becomes finished work, done by a team of agents that can be watched, steered, priced and replayed.',
  'JSON in and out. Errors always look like `ErrorAnswer`, with a fitting status; `code` says what happened.',
  'Money in lists, budgets and prices is a decimal string in US dollars (`costUsd: "0.000075"`). The folded state of a task and its events are handed on as they are stored: there money is integer nano-dollars (`costNanoUsd: 75000`).',
  'A `POST` that changes something takes `Idempotency-Key`: within a day the same key gets the same answer, and another request under it is refused. A command may carry `expectedSeq`; a decision must.',
].join('\n\n')

const statusTexts: Readonly<Record<number, string>> = {
  200: 'Done.',
  201: 'Made.',
  204: 'Done; there is nothing to say.',
}

/** The HTTP interface as OpenAPI 3.1. */
export const openApi = (): JsonObject => {
  const writer = createSchemaWriter('#/components/schemas/')
  const paths: Record<string, Record<string, Json>> = {}
  for (const [name, route] of Object.entries<HttpRoute>(httpRoutes)) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(name, route, writer) }
  }
  const errorAnswer: JsonObject = {
    type: 'object',
    properties: { error: writer.write(ErrorBody, 'output') },
    required: ['error'],
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Maestro', version: '0.1.0', description },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'maestro_session' },
      },
      schemas: { ErrorAnswer: errorAnswer, ...writer.components() },
    },
  }
}

const operationOf = (name: string, route: HttpRoute, writer: SchemaWriter): JsonObject => ({
  operationId: name,
  tags: [route.tag],
  summary: route.summary,
  ...(route.access === 'open' ? { security: [] } : {}),
  parameters: [
    ...parametersOf(route.params, 'path', writer),
    ...parametersOf(route.query, 'query', writer),
    ...(route.keyed ? [keyParameter] : []),
  ],
  ...(route.takes === undefined
    ? {}
    : {
        requestBody: {
          required: true,
          content: { [route.takes]: { schema: { type: 'string', format: 'binary' } } },
        },
      }),
  ...(route.body === undefined
    ? {}
    : {
        requestBody: {
          // A command may be sent without a body.
          required: !route.body.safeParse(undefined).success,
          content: { 'application/json': { schema: writer.write(route.body, 'input') } },
        },
      }),
  responses: { [route.status]: answerOf(route, writer), ...errorAnswers(route) },
})

const keyParameter: JsonObject = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

const parametersOf = (
  schema: z.ZodType | undefined,
  place: 'path' | 'query',
  writer: SchemaWriter,
): JsonObject[] => {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = writer.write(schema, 'input')
  return Object.entries(properties as JsonObject).map(([name, part]) => ({
    name,
    in: place,
    required: (required as readonly string[]).includes(name),
    schema: part,
  }))
}

const answerOf = (route: HttpRoute, writer: SchemaWriter): JsonObject => {
  const text = statusTexts[route.status] ?? ''
  if (route.answer !== undefined) {
    const schema = writer.write(route.answer, 'output')
    return { description: text, content: { 'application/json': { schema } } }
  }
  if (route.files === undefined) return { description: text }
  return {
    description: text,
    content: Object.fromEntries(route.files.map((kind) => [kind, { schema: { type: 'string' } }])),
  }
}

/** Errors that a route may answer with, by status. */
const errorAnswers = (route: HttpRoute): JsonObject => {
  const byStatus = new Map<number, Set<ErrorCode>>()
  for (const code of [...impliedErrors, ...route.errors]) {
    if (route.access === 'open' && (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED')) continue
    const { status } = errorCodes[code]
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code))
  }
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, codes]) => [
        String(status),
        {
          description: [...codes]
            .map((code) => `\`${code}\`: ${errorCodes[code].message}`)
            .join('\n\n'),
          content: { 'application/json': { schema: { $ref: '#/components/schemas/ErrorAnswer' } } },
        },
      ]),
  )
}
