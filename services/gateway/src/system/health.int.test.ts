import { AppError } from '@maestro/contracts/errors'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { createLogger } from '@maestro/service-kit/logger'
import type { Outage } from '@maestro/service-kit/outage-log'
import { serve } from '@maestro/service-kit/serve'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedIn, startTestGateway } from '../testing/test-gateway.ts'

// A bus of its own: copies that others have here are not ours to judge.
let bus: PrivateNats
let gateway: Awaited<ReturnType<typeof startTestGateway>>
const closing: (() => Promise<unknown>)[] = []
let outage: Outage | null = null

/** Services that do nothing but say how they are. */
const startCopy = async (service: 'budget' | 'orchestrator', of: () => Outage | null) => {
  const nats = await connectNats(bus.env(service), `${service}-1`)
  const log = createLogger({ service, copy: `${service}-1`, level: 'silent' })
  const served = await serve({ nats, log, service, version: '0.1.0', outages: [of] }, [])
  closing.push(async () => {
    await served.stop()
    await nats.close()
  })
}

beforeAll(async () => {
  bus = await startPrivateNats()
  gateway = await startTestGateway({ natsEnv: bus.env('gateway') })
  await startCopy('budget', () => null)
  await startCopy('orchestrator', () => outage)
})
afterAll(async () => {
  await Promise.all(closing.map((close) => close()))
  await gateway?.stop()
  await bus?.stop()
})

const get = (url: string, headers: Record<string, string> = {}) =>
  gateway.app.inject({ method: 'GET', url, headers })
const health = async () => (await get('/api/system/health')).statusCode
const status = async () => {
  const { services } = (await get('/api/system/status', signedIn)).json<{
    services: { copy: string; trouble: unknown }[]
  }>()
  return Object.fromEntries(services.map(({ copy, trouble }) => [copy, trouble]))
}

test('a bus that answers, but takes no messages, is not healthy, and the status says who noticed and why', async () => {
  expect(await health()).toBe(200)
  const since = Date.now() - 30_000
  const error = new AppError('UNAVAILABLE', { reason: 'no space left on device' })
  outage = { away: 'events could not be published', since, error }
  await expect.poll(health).toBe(503)
  const { error: told } = (await get('/api/system/health')).json()
  expect(told).toMatchObject({ code: 'UNAVAILABLE', details: { copies: ['orchestrator-1'] } })
  // It is open to everybody: paths and the like stay inside.
  expect(JSON.stringify(told)).not.toContain('space')
  expect(await status()).toEqual({
    'budget-1': null,
    'orchestrator-1': {
      what: 'events could not be published',
      reason: 'no space left on device',
      since: new Date(since).toISOString(),
    },
  })
  outage = null
  await expect.poll(health, { timeout: 20_000 }).toBe(200)
  await expect
    .poll(status, { timeout: 20_000 })
    .toEqual({ 'budget-1': null, 'orchestrator-1': null })
})
