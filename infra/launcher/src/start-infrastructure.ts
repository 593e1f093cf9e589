import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { SecretOf } from './home/secrets.ts'
import type { PortOf } from './home/stable-ports.ts'
import type { Supervised, SupervisedCommand } from './process/supervise.ts'
import { checkGivenNats, checkGivenRedis } from './servers/check-given-server.ts'
import { createNats } from './servers/create-nats.ts'
import { createPostgres } from './servers/create-postgres.ts'
import { createRedis } from './servers/create-redis.ts'
import type { EmbeddedServer } from './servers/embedded-server.ts'
import { ensureNats, ensureRedis } from './servers/ensure-servers.ts'
import { type NatsAddress, readNatsAddress } from './servers/nats-address.ts'

/** Servers that are there already; what is absent is started. */
export type GivenServers = {
  readonly postgresUrl?: string | undefined
  readonly natsUrl?: string | undefined
  /** For programs outside, on the same server: a user that may subscribe and no more. */
  readonly natsOutsideUrl?: string | undefined
  readonly redisUrl?: string | undefined
}

export type Infrastructure = {
  /** Of a user who may create databases and roles. */
  readonly postgresUrl: string
  /** Without user and password. */
  readonly natsUrl: string
  /** Of one service, or of `admin` in tests; nothing when the given server wants none. */
  readonly natsLogin: (user: string) => NatsAddress['login']
  /** For programs outside; null when a given server has no user of theirs. */
  readonly outsideNats: NatsAddress | null
  readonly redisUrl: string
}

export type StartOptions = {
  readonly home: string
  readonly given: GivenServers
  readonly secretOf: SecretOf
  readonly portOf: PortOf
  readonly isDurable: boolean
  readonly withAdmin?: boolean
  readonly start: (command: SupervisedCommand) => Supervised
  readonly onReady?: (what: string, where: string, sinceMs: number) => void
  readonly onDownload?: (name: string) => void
}

type NatsPart = Pick<Infrastructure, 'natsUrl' | 'natsLogin' | 'outsideNats'>

/** The login of the services may do everything: it is never handed out. */
const givenNats = async (natsUrl: string, outsideUrl: string | undefined): Promise<NatsPart> => {
  await checkGivenNats('NATS_URL', natsUrl)
  if (outsideUrl !== undefined) await checkGivenNats('NATS_OUTSIDE_URL', outsideUrl)
  const { url, login } = readNatsAddress(natsUrl)
  return {
    natsUrl: url,
    natsLogin: () => login,
    outsideNats: outsideUrl === undefined ? null : readNatsAddress(outsideUrl),
  }
}

/** Starts what was not given, all at once, and hands back where everything is. */
export const startInfrastructure = async ({
  home,
  given,
  secretOf,
  portOf,
  isDurable,
  withAdmin = false,
  start,
  onReady = () => undefined,
  onDownload = () => undefined,
}: StartOptions): Promise<Infrastructure> => {
  const logFile = (name: string) => join(home, 'logs', `${name}.log`)
  mkdirSync(join(home, 'logs'), { recursive: true })

  const bringUp = async (
    title: string,
    prepare: () => EmbeddedServer | Promise<EmbeddedServer>,
  ) => {
    const startedAtMs = performance.now()
    const { command, port, version } = await prepare()
    await start(command).untilReady()
    onReady(`${title} ${version}`, `127.0.0.1:${port}`, startedAtMs)
    return `127.0.0.1:${port}`
  }

  const postgres = async () => {
    if (given.postgresUrl !== undefined) return given.postgresUrl
    const password = secretOf('postgres')
    const port = await portOf('postgres')
    const at = await bringUp('Postgres', () =>
      createPostgres({
        dataFolder: join(home, 'postgres'),
        logFile: logFile('postgres'),
        port,
        password,
        isDurable,
      }),
    )
    return `postgres://maestro:${password}@${at}/postgres`
  }

  const nats = async (): Promise<NatsPart> => {
    if (given.natsUrl !== undefined) return givenNats(given.natsUrl, given.natsOutsideUrl)
    const found = await ensureNats({ home, onDownload })
    const passwordOf = (user: string) => secretOf(`nats:${user}`)
    const port = await portOf('nats')
    const at = await bringUp('NATS', () =>
      createNats({
        found,
        folder: join(home, 'nats'),
        logFile: logFile('nats'),
        port,
        passwordOf,
        withAdmin,
      }),
    )
    const url = `nats://${at}`
    const natsLogin = (user: string) => ({ user, password: passwordOf(user) })
    return { natsUrl: url, natsLogin, outsideNats: { url, login: natsLogin('outside') } }
  }

  const redis = async () => {
    if (given.redisUrl !== undefined) {
      await checkGivenRedis(given.redisUrl)
      return given.redisUrl
    }
    const found = await ensureRedis({ home, onDownload })
    const password = secretOf('redis')
    const port = await portOf('redis')
    const at = await bringUp('Redis', () =>
      createRedis({
        found,
        folder: join(home, 'redis'),
        logFile: logFile('redis'),
        port,
        password,
      }),
    )
    return `redis://:${password}@${at}`
  }

  const [postgresUrl, natsPart, redisUrl] = await Promise.all([postgres(), nats(), redis()])
  return { postgresUrl, ...natsPart, redisUrl }
}
