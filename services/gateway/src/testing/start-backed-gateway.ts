import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { startServiceProcess } from '@maestro/testkit/services/start-service-process'
import { signedIn, startTestGateway } from './test-gateway.ts'

type Method = 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE'

type Service = Parameters<typeof startServiceProcess>[0]

/** A gateway on a bus of its own, with these services behind it, as processes. */
export const startBackedGateway = async (
  services: Readonly<Partial<Record<Service, Readonly<Record<string, string>>>>>,
) => {
  const bus = await startPrivateNats()
  const behind = await Promise.all(
    (Object.keys(services) as Service[]).map(async (service) => {
      const database = await createTestDatabase()
      const start = () =>
        startServiceProcess(service, {
          ...bus.env(service),
          POSTGRES_URL: database.url,
          COPY_NAME: `${service}-1`,
          LOG_LEVEL: 'info',
          ...services[service],
        })
      return { service, start, database, running: await start() }
    }),
  )
  const gateway = await startTestGateway({ natsEnv: bus.env('gateway') })
  return {
    bus,
    /** kill -9, and the same copy again. */
    killAndStart: async (killed: Service) => {
      for (const one of behind.filter(({ service }) => service === killed)) {
        await one.running.kill9()
        one.running = await one.start()
      }
    },
    app: gateway.app,
    /** Of a service behind it. */
    databaseOf: (service: Service): string => {
      const found = behind.find((one) => one.service === service)
      if (found === undefined) throw new Error(`there is no ${service}`)
      return found.database.url
    },
    ask: async (method: Method, url: string, body?: unknown, key?: string) => {
      const response = await gateway.app.inject({
        method,
        url,
        headers: {
          ...signedIn,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'idempotency-key': key }),
        },
        // A text is sent as it is, be it JSON or not.
        ...(body !== undefined && {
          payload: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      })
      const isEmpty = response.body === ''
      return { status: response.statusCode, body: isEmpty ? null : response.json<unknown>() }
    },
    stop: async () => {
      await gateway.stop()
      await Promise.all(behind.map(({ running }) => running.stop()))
      await bus.stop()
      await Promise.all(behind.map(({ database }) => database.drop()))
    },
  }
}
