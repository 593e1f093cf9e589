import { createCaller } from '@maestro/service-kit/call'
import { loadConfig } from '@maestro/service-kit/config'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { connectDatabase, migrateDatabase } from '@maestro/service-kit/database'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import { createLogger } from '@maestro/service-kit/logger'
import { testNatsEnv } from '@maestro/testkit/infrastructure/test-addresses'
import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { fileURLToPath } from 'node:url'
import { Config } from '../config.ts'
import { createGateway } from '../create-gateway.ts'

export const testToken = 'a-token-for-tests'
export const signedIn = { authorization: `Bearer ${testToken}` }

type Options = {
  natsEnv?: ReturnType<typeof testNatsEnv>
  env?: Record<string, string>
  bufferedMax?: number
  webDist?: string
}

/** A gateway on the real bus and a database of its own; it listens only when it is asked to. */
export const startTestGateway = async ({
  natsEnv = testNatsEnv('gateway'),
  env = {},
  bufferedMax,
  webDist = '/nonexistent/web-dist',
}: Options = {}) => {
  const database = await createTestDatabase()
  const config = loadConfig(Config, {
    ...natsEnv,
    POSTGRES_URL: database.url,
    COPY_NAME: 'gateway-test',
    LOG_LEVEL: 'silent',
    MAESTRO_TOKEN: testToken,
    PORT: '0',
    ...env,
  })
  await migrateDatabase(database.url, fileURLToPath(new URL('../../drizzle', import.meta.url)))
  const log = createLogger({ service: 'gateway', copy: 'test', level: config.LOG_LEVEL })
  const nats = await connectNats(config, config.COPY_NAME)
  await ensureStreams(nats)
  const sql = connectDatabase(database.url, { connectionsMax: 4 })
  const start = () =>
    createGateway({
      base: { log, nats, sql, call: createCaller({ nats, service: 'gateway' }) },
      config,
      webDist,
      descriptions: fileURLToPath(new URL('../../../../docs/api', import.meta.url)),
      ...(bufferedMax === undefined ? {} : { bufferedMax }),
    })
  const gateway = await start()

  return {
    app: gateway.app,
    nats,
    sql,
    database,
    /** Another life of the same copy, on the same database. */
    startAgain: start,
    listen: () => gateway.app.listen({ host: '127.0.0.1', port: 0 }),
    stop: async () => {
      await gateway.stop()
      await nats.close()
      await sql.end({ timeout: 5 })
      await database.drop()
    },
  }
}
