import { renderNatsConf } from '@maestro/nats-access/render-nats-conf'
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers'
import type { TestInfrastructure, WantedInfrastructure } from './test-infrastructure.ts'

const postgresContainer = (password: string) =>
  new GenericContainer('postgres:18')
    .withEnvironment({ POSTGRES_USER: 'maestro', POSTGRES_PASSWORD: password })
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=200'])
    .withExposedPorts(5432)
    .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))

const natsContainer = (password: string) =>
  new GenericContainer('nats:2.10')
    .withCopyContentToContainer([
      {
        target: '/etc/maestro/nats.conf',
        content: renderNatsConf({
          host: '0.0.0.0',
          port: 4222,
          storeDir: '/data',
          passwordOf: () => JSON.stringify(password),
          withAdmin: true,
        }),
      },
    ])
    .withCommand(['-c', '/etc/maestro/nats.conf'])
    .withExposedPorts(4222)
    .withWaitStrategy(Wait.forLogMessage(/Server is ready/))

const redisContainer = (password: string) =>
  new GenericContainer('redis:7')
    .withCommand(['redis-server', '--requirepass', password, '--maxmemory-policy', 'noeviction'])
    .withExposedPorts(6379)
    .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))

/** The same three servers as containers, where a Docker engine runs. */
export const startContainerInfrastructure = async ({
  given,
  password,
}: WantedInfrastructure): Promise<TestInfrastructure> => {
  const started: StartedTestContainer[] = []
  const addressOf = async (container: GenericContainer, port: number): Promise<string> => {
    const running = await container.start()
    started.push(running)
    return `${running.getHost()}:${running.getMappedPort(port)}`
  }
  const stop = async () => {
    await Promise.all(started.map((container) => container.stop()))
  }
  try {
    const [postgresUrl, natsUrl, redisUrl] = await Promise.all([
      given.postgresUrl ??
        addressOf(postgresContainer(password), 5432).then(
          (at) => `postgres://maestro:${password}@${at}/postgres`,
        ),
      given.natsUrl ?? addressOf(natsContainer(password), 4222).then((at) => `nats://${at}`),
      given.redisUrl ??
        addressOf(redisContainer(password), 6379).then((at) => `redis://:${password}@${at}`),
    ])
    return { postgresUrl, natsUrl, redisUrl, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
