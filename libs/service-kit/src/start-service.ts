import { setTimeout as delay } from 'node:timers/promises'
import type { ServiceName } from '@maestro/contracts/endpoint'
import { type Call, createCaller } from './call.ts'
import { connectNats, type NatsAddress } from './connect-nats.ts'
import { connectDatabase, type DatabaseOptions, migrateDatabase, type Sql } from './database.ts'
import { ensureStreams } from './ensure-streams.ts'
import { createLogShipping } from './log-shipping.ts'
import { createLogger, type Logger } from './logger.ts'
import type { NatsConnection } from './nats.ts'
import { startTelemetry } from './telemetry.ts'

export type ServiceBase = {
  log: Logger
  nats: NatsConnection
  sql: Sql
  call: Call
  /** Closes what `startService` opened, in the order that loses nothing. Call it last. */
  close: () => Promise<void>
}

/** Each of what is closed has this long; the whole stop has nine seconds. */
const closeMsMax = 1_500

const within = (ms: number, work: Promise<unknown>) =>
  Promise.race([work, delay(ms, undefined, { ref: false })])

/** What every service does first: telemetry, log (on standard output and collected), migrated database, bus with its streams. */
export const startService = async (
  service: ServiceName,
  config: NatsAddress & {
    POSTGRES_URL: string
    LOG_LEVEL: string
    COPY_NAME: string
    OTEL_EXPORTER_OTLP_ENDPOINT?: string | undefined
  },
  { migrations, database }: { migrations: string; database?: DatabaseOptions },
): Promise<ServiceBase> => {
  const telemetry = await startTelemetry({ service, endpoint: config.OTEL_EXPORTER_OTLP_ENDPOINT })
  const said = { service, copy: config.COPY_NAME, level: config.LOG_LEVEL }
  const shipping = createLogShipping(said)
  const log = createLogger({ ...said, collect: shipping.add })
  const [nats] = await Promise.all([
    connectNats(config, config.COPY_NAME),
    migrateDatabase(config.POSTGRES_URL, migrations),
  ])
  await ensureStreams(nats)
  shipping.start(nats, createLogger(said))
  const sql = connectDatabase(config.POSTGRES_URL, database)
  return {
    log,
    nats,
    sql,
    call: createCaller({ nats, service }),
    close: async () => {
      await within(closeMsMax, shipping.stop())
      // Draining waits for the server's word; one that is away must not hold us.
      await within(closeMsMax, nats.drain())
      await sql.end({ timeout: closeMsMax / 1_000 })
      await within(closeMsMax, telemetry.stop())
    },
  }
}
