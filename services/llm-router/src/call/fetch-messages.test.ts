import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { AppError } from '@maestro/contracts/errors'
import { expect, test } from 'vitest'
import { fetchMessages } from './fetch-messages.ts'

const ref: PayloadRef = {
  service: 'llm-router',
  sha256: 'a'.repeat(64),
  bytes: 2,
  mediaType: 'text/plain',
  preview: '',
}
const work = () => ({
  messages: [{ role: 'user' as const, content: [{ ref }] }],
  deadlineAt: new Date(Date.now() + 60_000).toISOString(),
})
const { signal } = new AbortController()

/** Fails once, and then has the text. */
const failingWith = (error: Error) => {
  const errors = [error]
  return async () => {
    const failure = errors.pop()
    if (failure) throw failure
    return 'hi'
  }
}

test.each([
  ['our own database starts', Object.assign(new Error('starting up'), { code: '57P03' })],
  ['its connection is cut', Object.assign(new Error('closed'), { code: 'CONNECTION_CLOSED' })],
  ['the keeper of the text is away', new AppError('UNAVAILABLE', {})],
])('a text that cannot be read because %s is waited for, and fails no call', async (_, error) => {
  const fetched = await fetchMessages(work(), { readText: failingWith(error), signal })
  expect(fetched).toEqual({ kind: 'fetched', messages: [{ role: 'user', text: 'hi' }] })
})

test('a text that does not exist fails the call', async () => {
  const readText = failingWith(new AppError('NOT_FOUND', {}))
  const fetched = await fetchMessages(work(), { readText, signal })
  expect(fetched).toMatchObject({ kind: 'failed', failureClass: 'invalid_request' })
})
