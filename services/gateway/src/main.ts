import { loadConfig } from '@maestro/service-kit/config'
import { onShutdown } from '@maestro/service-kit/lifecycle'
import { serve } from '@maestro/service-kit/serve'
import { startService } from '@maestro/service-kit/start-service'
import { fileURLToPath } from 'node:url'
import { Config } from './config.ts'
import { createGateway } from './create-gateway.ts'

const pathOf = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const config = loadConfig(Config, process.env)
const base = await startService('gateway', config, { migrations: pathOf('../drizzle') })
const gateway = await createGateway({
  base,
  config,
  webDist: config.WEB_DIST ?? pathOf('../../../apps/web/dist'),
  descriptions: pathOf('../../../docs/api'),
})

// It answers no endpoint, but is found by those who look for services.
const served = await serve(
  { nats: base.nats, log: base.log, service: 'gateway', version: '0.1.0' },
  [],
)
const address = await gateway.app.listen({ host: config.HOST, port: config.PORT })
base.log.info({ address }, 'listening')

onShutdown(base.log, async () => {
  await gateway.stop()
  await served.stop()
  await base.close()
})
base.log.info('ready')
