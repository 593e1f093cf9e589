import { AppError } from '@maestro/contracts/errors'
import fp from 'fastify-plugin'
import { sha256Of } from '../sessions/token-check.ts'
import { checkJson } from './check-json.ts'
import './request-types.ts'

/** Takes JSON in UTF-8 and nothing else; an empty body is no body. */
export const jsonBodiesPlugin = fp(
  async (app) => {
    app.decorateRequest('bodyHash', '')
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer' },
      async (request: { headers: Record<string, unknown>; bodyHash: string }, body: Buffer) => {
        if (request.headers['idempotency-key'] !== undefined) request.bodyHash = sha256Of(body)
        return body.length === 0 ? undefined : parseJson(body)
      },
    )
  },
  { name: 'json-bodies' },
)

const parseJson = (body: Buffer): unknown => {
  const value = readJson(body)
  const problem = checkJson(value)
  if (problem !== null) throw new AppError('INVALID_INPUT', problem)
  return value
}

const readJson = (body: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) {
      throw new AppError('INVALID_INPUT', { reason: 'the body is no text in UTF-8' }, { cause })
    }
    // The parser's own words quote what was sent, which may be a secret: only the place is told.
    const where = /at position \d+.*$|end of JSON input$/.exec(cause.message)?.[0] ?? ''
    throw new AppError('INVALID_INPUT', { reason: `malformed JSON ${where}`.trim() })
  }
}
