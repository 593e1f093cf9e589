import { AppError } from '@maestro/contracts/errors'
import { expect, test } from 'vitest'
import { NatsError, ServiceErrorCodeHeader } from './nats.ts'
import { errorHeaders, errorName, fromErrorBody, isOutage, toAppError } from './wire-error.ts'

const databaseFailure = (code: string) => Object.assign(new Error('x'), { code })

test.each([
  ['a rejection', new AppError('NOT_FOUND'), 'NOT_FOUND', false],
  ['a lost race', new AppError('VERSION_CONFLICT'), 'VERSION_CONFLICT', true],
  ['a database that is away', databaseFailure('ECONNREFUSED'), 'UNAVAILABLE', true],
  ['a bus without a server', new NatsError('x', 'DISCONNECT'), 'UNAVAILABLE', true],
  ['a stream that is not there', new NatsError('x', '503'), 'UNAVAILABLE', true],
  ['nobody who answers', new NatsError('x', 'TIMEOUT'), 'TIMEOUT', true],
  ['a closed connection', new NatsError('x', 'CONNECTION_CLOSED'), 'UNAVAILABLE', true],
  [
    'too much for a message',
    new NatsError('x', 'MAX_PAYLOAD_EXCEEDED'),
    'PAYLOAD_TOO_LARGE',
    false,
  ],
  ['a subject that is not allowed', new NatsError('x', 'PERMISSIONS_VIOLATION'), 'INTERNAL', false],
  ['a broken statement', databaseFailure('42601'), 'INTERNAL', false],
  ['a bug', new TypeError('x is not a function'), 'INTERNAL', false],
  ['something thrown', 'a text', 'INTERNAL', false],
])('%s becomes one of our errors', (_what, error, code, retry) => {
  expect(toAppError(error).code).toBe(code)
  expect(isOutage(error)).toBe(retry)
})

test('the text of a defect stays in our logs, as its cause', () => {
  const error = toAppError(new TypeError('secret'))
  expect(error.message).not.toContain('secret')
  expect(error.cause).toBeInstanceOf(TypeError)
})

test('an error crosses the wire with its code, details and message', () => {
  const error = new AppError('SEQ_CONFLICT', { seq: 5 })
  const fields = errorHeaders(error)
  expect(fields.get(ServiceErrorCodeHeader)).toBe('409')
  const body = JSON.parse(JSON.stringify({ details: error.details, message: error.message }))
  const read = fromErrorBody(errorName(fields), body)
  expect(read).toMatchObject({ code: 'SEQ_CONFLICT', details: { seq: 5 }, message: error.message })
})

test.each([null, 'text', {}, { details: 'text', message: 5 }])(
  'a body that is no error of ours does not break the reader: %o',
  (body) => {
    expect(fromErrorBody('NOT_FOUND', body).code).toBe('NOT_FOUND')
  },
)

test('a code of a newer peer is its defect, and named', () => {
  const error = fromErrorBody('BRAND_NEW', { message: 'x', details: {} })
  expect(error).toMatchObject({ code: 'INTERNAL', details: { peerCode: 'BRAND_NEW' } })
})
