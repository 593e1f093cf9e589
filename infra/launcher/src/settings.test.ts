import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'

test('needs nothing from the environment', () => {
  expect(readSettings({}, '/maestro')).toEqual({
    home: '/maestro/.maestro',
    host: '127.0.0.1',
    port: 8080,
    token: undefined,
    workers: 1,
    logLevel: 'info',
    given: {
      postgresUrl: undefined,
      natsUrl: undefined,
      natsOutsideUrl: undefined,
      redisUrl: undefined,
    },
  })
})

test('an absolute data folder stands where it says', () => {
  expect(readSettings({ MAESTRO_HOME: '/data' }, '/maestro').home).toBe('/data')
})

test.each([
  [{ PORT: 'http' }, 'PORT is http'],
  [{ PORT: '70000' }, 'PORT is 70000'],
  [{ LLM_ROUTER_WORKERS: '0' }, 'LLM_ROUTER_WORKERS is 0'],
  [{ NATS_URL: 'somewhere' }, 'NATS_URL is no address'],
  [{ NATS_OUTSIDE_URL: 'nats://outside:word@host' }, 'NATS_OUTSIDE_URL is set and NATS_URL is not'],
  [
    { NATS_URL: 'nats://me:word@host', NATS_OUTSIDE_URL: 'nats://me:word@host' },
    'NATS_OUTSIDE_URL names the user of the services',
  ],
  [{ MAESTRO_TOKEN: 'short' }, 'MAESTRO_TOKEN is too short'],
  [{ LOG_LEVEL: 'warn' }, 'LOG_LEVEL is warn'],
])('refuses %o with its name', (env, message) => {
  expect(() => readSettings(env, '/maestro')).toThrow(message)
})
