import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { startServiceProcess } from '@maestro/testkit/services/start-service-process'
import { signedIn, startTestGateway } from './test-gateway.ts'

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE'

/** A gateway on a bus of its own, with this one service behind it, as a process. */
export const startBackedGateway = async (
  service: Parameters<typeof startServiceProcess>[0],
  env: Readonly<Record<string, string>> = {},
) => {
  const bus = await startPrivateNats()
  const database = await createTestDatabase()
  const behind = await startServiceProcess(service, {
    ...bus.env(service),
    POSTGRES_URL: database.url,
    COPY_NAME: `${service}-1`,
    LOG_LEVEL: 'info',
    ...env,
  })
  const gateway = await startTestGateway({ natsEnv: bus.env('gateway') })
  return {
    ask: async (method: Method, url: string, body?: unknown) => {
      const response = await gateway.app.inject({
        method,
        url,
        headers: { ...signedIn, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { payload: JSON.stringify(body) }),
      })
      return { status: response.statusCode, body: response.json<unknown>() }
    },
    stop: async () => {
      await gateway.stop()
      await behind.stop()
      await bus.stop()
      await database.drop()
    },
  }
}
