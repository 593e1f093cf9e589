import { fileURLToPath } from 'node:url'
import { loadConfig } from '@maestro/service-kit/config'
import { connectDatabase } from '@maestro/service-kit/database'
import { onShutdown } from '@maestro/service-kit/lifecycle'
import { startService } from '@maestro/service-kit/start-service'
import { Config } from './config.ts'
import { reportOptions } from './report-options.ts'
import { startTimeline } from './start-timeline.ts'

const config = loadConfig(Config, process.env)
const migrations = fileURLToPath(new URL('../drizzle', import.meta.url))
const { log, nats, sql, call, close } = await startService('timeline', config, { migrations })

const reports = connectDatabase(config.POSTGRES_URL, reportOptions)
const timeline = await startTimeline({
  sql,
  reports,
  nats,
  call,
  log,
  days: config.TIMELINE_HISTORY_DAYS,
})

onShutdown(log, async () => {
  await timeline.stop()
  await reports.end({ timeout: 1 })
  await close()
})
log.info('ready')
