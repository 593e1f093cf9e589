import { buildConsole } from '@maestro/launcher/build-console'
import { tailLog } from '@maestro/launcher/process/log-file'
import { freePort } from '@maestro/launcher/servers/free-port'
import { startSystem } from '@maestro/launcher/start-system'
import { inboxPrefixOf } from '@maestro/nats-access/to-permissions'
import type { ServiceName } from '@maestro/nats-access/access-table'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { throwawayFolder } from './throwaway-folder.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..')
const webDist = join(root, 'apps', 'web', 'dist')

/** What a process needs to run at all. Keys of the person who runs the tests stay out of them. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'NODE_EXTRA_CA_CERTS']
/** An Ollama that happens to run on this machine must not answer in a test. */
const NO_OLLAMA = 'off'

export type TestSystemOptions = {
  /** Kept after `stop` when given; otherwise a folder that is thrown away. */
  home?: string
  /** As for `npm start`: keys and addresses of providers, `OTEL_…`, `<SERVICE>_…`. */
  env?: Readonly<Record<string, string>>
  /** For one service only, under its own names. */
  moreEnv?: Partial<Record<ServiceName, Readonly<Record<string, string>>>>
  workers?: number
  orchestrators?: number
  services?: readonly ServiceName[]
  /** Builds the console when it is not current, for tests that look at it. */
  withConsole?: boolean
  logLevel?: string
  /** True to write to the disk as in production; false where data may be lost with the machine, which is faster. */
  durable?: boolean
}

export type TestSystem = {
  readonly home: string
  /** Of the gateway, for HTTP and WebSocket. */
  readonly consoleUrl: string
  readonly token: string
  readonly postgresUrl: string
  readonly redisUrl: string
  /** How a service, `outside` or `admin` (who may do everything) connects to its NATS. */
  readonly natsEnv: (
    user: string,
  ) => Record<'NATS_URL' | 'NATS_USER' | 'NATS_PASSWORD' | 'NATS_INBOX_PREFIX', string>
  /** By name: `postgres`, `nats`, `redis`, `orchestrator-1`, `llm-router-2` … */
  readonly pids: () => Readonly<Record<string, number>>
  /** kill -9; its supervisor starts it again after 0.2 s. `untilReady` waits for that. */
  readonly kill: (name: string) => Promise<void>
  readonly untilReady: (name: string) => Promise<void>
  /** kill -9, and it is not started again. */
  readonly lose: (name: string) => Promise<void>
  /** The last lines that one of them logged, to be shown when a test fails. */
  readonly logTail: (name: string, linesMax?: number) => string
  readonly stop: () => Promise<void>
}

/** A whole Maestro of its own on free ports: servers, services, and nothing of it left afterwards. */
export const startTestSystem = async ({
  home,
  env = {},
  moreEnv = {},
  workers = 1,
  orchestrators = 1,
  services,
  withConsole = false,
  logLevel = 'info',
  durable = false,
}: TestSystemOptions = {}): Promise<TestSystem> => {
  const folder = home === undefined ? throwawayFolder() : { path: home, remove: () => undefined }
  mkdirSync(folder.path, { recursive: true })
  if (withConsole) await buildConsole(root, webDist)
  const starting = startSystem({
    home: folder.path,
    servicesFolder: join(root, 'services'),
    webDist,
    host: '127.0.0.1',
    port: await freePort(),
    workers,
    orchestrators,
    logLevel,
    given: {},
    isDurable: durable,
    withAdmin: true,
    ...(services ? { services } : {}),
    env: {
      ...Object.fromEntries(inherited.map((name) => [name, process.env[name]])),
      NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'maestro-compile'),
      OLLAMA_BASE_URL: NO_OLLAMA,
      ...env,
    },
    moreEnv,
  })
  const stop = async () => {
    await starting.stop()
    folder.remove()
  }
  try {
    const { consoleUrl, token, infrastructure, pids, kill, untilReady, lose } =
      await starting.started
    return {
      home: folder.path,
      consoleUrl,
      token,
      postgresUrl: infrastructure.postgresUrl,
      redisUrl: infrastructure.redisUrl,
      natsEnv: (user) => ({
        NATS_URL: infrastructure.natsUrl,
        NATS_USER: user,
        NATS_PASSWORD: infrastructure.natsLogin(user)?.password ?? '',
        NATS_INBOX_PREFIX: inboxPrefixOf(user),
      }),
      pids,
      kill,
      untilReady,
      lose,
      logTail: (name, linesMax) => tailLog(join(folder.path, 'logs', `${name}.log`), linesMax),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}
