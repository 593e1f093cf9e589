import { expect, test } from 'vitest'
import { z } from 'zod'
import { loadConfig } from './config.ts'
import { serviceConfig } from './service-config.ts'

const Config = z.object({ ...serviceConfig, PORT: z.coerce.number().int().default(8080) })
const enough = { NATS_URL: 'nats://127.0.0.1', POSTGRES_URL: 'postgres://127.0.0.1/x' }

test('every problem is listed at once, by its name', () => {
  const load = () => loadConfig(Config, { PORT: 'many', LOG_LEVEL: 'loud' })
  for (const name of ['NATS_URL', 'POSTGRES_URL', 'LOG_LEVEL', 'PORT']) expect(load).toThrow(name)
})

test('the addresses suffice: everything else has a default', () => {
  const config = loadConfig(Config, enough)
  expect(config).toMatchObject({ ...enough, LOG_LEVEL: 'info', PORT: 8080 })
  expect(config.COPY_NAME).not.toBe('')
})

test('what stands in the environment for others is not read', () => {
  expect(loadConfig(Config, { ...enough, HOME: '/root' })).not.toHaveProperty('HOME')
})
