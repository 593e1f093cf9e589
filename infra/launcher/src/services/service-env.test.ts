import { serviceNames } from '@maestro/nats-access/access-table'
import { expect, test } from 'vitest'
import { serviceEnv, type ServiceSurroundings } from './service-env.ts'

const surroundings: ServiceSurroundings = {
  infrastructure: {
    postgresUrl: 'postgres://maestro:admin-secret@127.0.0.1:5000/postgres',
    natsUrl: 'nats://127.0.0.1:4000',
    natsLogin: (user) => ({ user, password: `nats-${user}` }),
    outsideNats: null,
    redisUrl: 'redis://:redis-secret@127.0.0.1:6000',
  },
  databasePasswordOf: (service) => `db-${service}`,
  logLevel: 'info',
  masterKeyFile: '/home/master-key',
  gateway: { host: '127.0.0.1', port: 8080, token: 'owner-token', webDist: '/dist' },
  env: {
    PATH: '/bin',
    GROQ_API_KEY: 'groq-secret',
    MAESTRO_MASTER_KEY_PREVIOUS: 'master-secret',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector',
    CALLS_IN_FLIGHT_MAX: '3',
    AWS_SECRET_ACCESS_KEY: 'of-somebody-else',
  },
}

const envOf = (service: (typeof serviceNames)[number]) =>
  serviceEnv(service, `${service}-1`, surroundings)

const holdersOf = (value: string) =>
  serviceNames.filter((service) =>
    Object.values(envOf(service)).some((each) => each.includes(value)),
  )

test('a secret reaches nobody but the one who needs it', () => {
  expect(holdersOf('groq-secret')).toEqual(['llm-router'])
  expect(holdersOf('master-secret')).toEqual(['llm-router'])
  expect(holdersOf('/home/master-key')).toEqual(['llm-router'])
  expect(holdersOf('owner-token')).toEqual(['gateway'])
  expect(holdersOf('redis-secret')).toEqual(['llm-router', 'scheduler'])
  expect(holdersOf('admin-secret')).toEqual([])
  expect(holdersOf('of-somebody-else')).toEqual([])
  expect(holdersOf('db-budget')).toEqual(['budget'])
  expect(holdersOf('nats-timeline')).toEqual(['timeline'])
})

test('a service is told who it is, on the bus and in the database', () => {
  expect(envOf('llm-router')).toMatchObject({
    COPY_NAME: 'llm-router-1',
    NATS_URL: 'nats://127.0.0.1:4000',
    NATS_USER: 'llm-router',
    NATS_INBOX_PREFIX: '_INBOX_llm-router',
    POSTGRES_URL: 'postgres://llm_router:db-llm-router@127.0.0.1:5000/llm_router',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector',
    CALLS_IN_FLIGHT_MAX: '3',
  })
})
