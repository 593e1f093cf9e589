import { expect, test } from 'vitest'
import { ProviderFailure } from '../providers/provider-failure.ts'
import { wasNeverSent } from './never-sent.ts'

const withCode = (code: string) => Object.assign(new Error(code), { code })
const network = (cause: Error) => new ProviderFailure('network', 'No connection.', { cause })

test('a refused connection has cost nothing, however deep its error is wrapped', () => {
  const refused = new TypeError('fetch failed', { cause: withCode('ECONNREFUSED') })
  expect(wasNeverSent(network(refused))).toBe(true)
})

test('a connection that broke may have carried the request', () =>
  expect(wasNeverSent(network(withCode('ECONNRESET')))).toBe(false))

test('of several addresses, all must have refused', () => {
  const errors = [withCode('ECONNREFUSED'), withCode('ECONNRESET')]
  expect(wasNeverSent(network(new AggregateError(errors)))).toBe(false)
  expect(wasNeverSent(network(new AggregateError([withCode('ECONNREFUSED')])))).toBe(true)
})
