import { fileURLToPath } from 'node:url'
import { loadConfig } from '@maestro/service-kit/config'
import { startFactRelay } from '@maestro/service-kit/fact-relay'
import { onShutdown } from '@maestro/service-kit/lifecycle'
import { startService } from '@maestro/service-kit/start-service'
import { Config } from './config.ts'
import { databaseOptions } from './database-options.ts'
import { placeLimitsOf } from './places/place-config.ts'
import { openMasterKeys } from './keys/master-keys.ts'
import { startKeys } from './keys/start-keys.ts'
import { startModels } from './models/start-models.ts'
import { createProviderRegistry } from './provider-registry.ts'
import { createAdapters } from './providers/create-adapters.ts'
import { createRehearsalAdapter } from './providers/rehearsal/rehearsal-adapter.ts'
import { startRouter } from './start-router.ts'

const config = loadConfig(Config, process.env)
const migrations = fileURLToPath(new URL('../drizzle', import.meta.url))
const masters = await openMasterKeys(config)
const base = await startService('llm-router', config, { migrations, database: databaseOptions })
const { log, nats, sql, close } = base
const relay = await startFactRelay({ sql, nats, log, service: 'llm-router' })

const adapters = createAdapters({ config })
await adapters.look()
const rehearsal = createRehearsalAdapter({ chunkDelayMs: config.REHEARSAL_CHUNK_DELAY_MS })
const keys = await startKeys({ base, masters, adapters, onFacts: relay.wake })
const models = await startModels({ base, keyring: keys.keyring, adapters })
const registry = createProviderRegistry(
  () => [
    ...[...keys.providers, { provider: 'ollama' as const, ...adapters.ollama() }].map(
      (provider) => ({
        ...provider,
        model: models.defaultOf(provider.provider) ?? provider.model,
      }),
    ),
    { provider: 'rehearsal', adapter: rehearsal, model: rehearsal.defaultModel, reason: '' },
  ],
  models.boundsOf,
)

const router = await startRouter({
  base,
  registry,
  keys,
  endpoints: models.endpoints,
  outages: [relay.outage],
  copy: config.COPY_NAME,
  inboxPrefix: config.NATS_INBOX_PREFIX,
  redisUrl: config.REDIS_URL,
  placeLimits: placeLimitsOf(config),
  callsInFlightMax: config.CALLS_IN_FLIGHT_MAX,
  cacheScope: config.ANSWER_CACHE_SCOPE,
})

onShutdown(log, async () => {
  await router.stop()
  models.stop()
  await keys.stop()
  await relay.stop()
  await close()
})
log.info('ready')
