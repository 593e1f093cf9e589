import { type ServiceName, serviceNames } from '@maestro/nats-access/access-table'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openPidFile } from './home/pid-file.ts'
import { openSecrets } from './home/secrets.ts'
import { openStablePorts } from './home/stable-ports.ts'
import { createProcessGroup } from './process/process-group.ts'
import { keepLogsBounded } from './process/log-file.ts'
import type { Supervised, SupervisorNews } from './process/supervise.ts'
import { ensureServiceDatabases } from './servers/service-databases.ts'
import { settleDatabases } from './servers/settle-databases.ts'
import { serviceCommand } from './services/service-command.ts'
import { serviceEnv } from './services/service-env.ts'
import {
  type GivenServers,
  type Infrastructure,
  startInfrastructure,
} from './start-infrastructure.ts'

export type SystemOptions = {
  /** Where the data lie, and the logs. Locked by the caller. */
  readonly home: string
  readonly servicesFolder: string
  readonly webDist: string
  readonly host: string
  readonly port: number
  /** Absent: made once and kept. */
  readonly token?: string | undefined
  readonly workers: number
  /** Copies of the orchestrator: one, unless more shall share its work. */
  readonly orchestrators?: number
  readonly logLevel: string
  readonly given: GivenServers
  readonly isDurable: boolean
  readonly withAdmin?: boolean
  readonly services?: readonly ServiceName[]
  /** What services may take from (keys of providers, telemetry, their own settings). */
  readonly env: NodeJS.ProcessEnv
  readonly moreEnv?: Partial<Record<ServiceName, Readonly<Record<string, string>>>>
  readonly onReady?: (what: string, where: string, sinceMs: number) => void
  readonly onDownload?: (name: string) => void
  readonly onNews?: (news: SupervisorNews) => void
}

export type System = {
  readonly consoleUrl: string
  readonly token: string
  readonly infrastructure: Infrastructure
  /** By name: `postgres`, `nats`, `redis`, `orchestrator-1`, `llm-router-1` … */
  readonly pids: () => Readonly<Record<string, number>>
  /** Ends one as a crash would; it is started again. */
  readonly kill: (name: string) => Promise<void>
  readonly untilReady: (name: string) => Promise<void>
  /** Ends one as the loss of its machine would: it is not started again. */
  readonly lose: (name: string) => Promise<void>
}

export type StartingSystem = {
  readonly started: Promise<System>
  /** At any time, also while it is starting: services first, then their servers. */
  readonly stop: (options?: { graceMs?: number }) => Promise<void>
}

/** Who asks is stopped before who answers, so that nobody waits for somebody who is gone. */
const stopWaves: readonly (readonly ServiceName[])[] = [
  ['gateway', 'scheduler'],
  ['llm-router', 'orchestrator'],
  ['budget', 'timeline'],
]

/** The address on which this machine reaches what listens on `host`. */
const reachableHost = (host: string): string =>
  host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host

/** Starts servers and services, and keeps them running until it is stopped. */
export const startSystem = (options: SystemOptions): StartingSystem => {
  const { home, host, port, onReady = () => undefined } = options
  mkdirSync(join(home, 'logs'), { recursive: true })
  const secretOf = openSecrets(join(home, 'secrets.json'))
  const token = options.token ?? secretOf('token')
  const pidFile = openPidFile(join(home, 'pids.json'))
  const onNews = (news: SupervisorNews) => {
    if (news.kind === 'spawned') pidFile.put(news.name, news.identity)
    options.onNews?.(news)
  }
  const servers = createProcessGroup({ onNews })
  const waves = stopWaves.map((names) => ({ names, group: createProcessGroup({ onNews }) }))
  const groupOf = (service: ServiceName) =>
    waves.find(({ names }) => names.includes(service))?.group ?? servers
  const stopRotation = keepLogsBounded(join(home, 'logs'))
  const consoleUrl = `http://${reachableHost(host)}:${port}`

  const startServices = async (infrastructure: Infrastructure): Promise<void> => {
    const startedAtMs = performance.now()
    const wanted = options.services ?? serviceNames
    const databasePasswordOf = (service: ServiceName) => secretOf(`database:${service}`)
    const areNew = await ensureServiceDatabases(
      infrastructure.postgresUrl,
      new Map(wanted.map((service) => [service, databasePasswordOf(service)])),
    )
    const surroundings = {
      infrastructure,
      databasePasswordOf,
      logLevel: options.logLevel,
      masterKeyFile: join(home, 'master-key'),
      gateway: { host, port, token, webDist: options.webDist },
      env: options.env,
      more: options.moreEnv,
    }
    const counts: Partial<Record<ServiceName, number>> = {
      'llm-router': options.workers,
      orchestrator: options.orchestrators ?? 1,
    }
    const copies = wanted.flatMap((service) =>
      Array.from({ length: counts[service] ?? 1 }, (_, index) => ({
        service,
        copyName: `${service}-${index + 1}`,
      })),
    )
    const running = copies.map(({ service, copyName }) =>
      groupOf(service).start(
        serviceCommand({
          service,
          copyName,
          servicesFolder: options.servicesFolder,
          env: serviceEnv(service, copyName, surroundings),
          logFile: join(home, 'logs', `${copyName}.log`),
          answerUrl: service === 'gateway' ? `${consoleUrl}/api/openapi.json` : undefined,
        }),
      ),
    )
    await Promise.all(
      running.map(async (copy) => {
        await copy.untilReady()
        onReady(copy.name, '', startedAtMs)
      }),
    )
    // A server that somebody gave us is theirs to tend.
    const isOurs = options.given.postgresUrl === undefined
    if (areNew && isOurs) void settleDatabases(infrastructure.postgresUrl)
  }

  const find = (name: string): Supervised => {
    const all = [servers, ...waves.map(({ group }) => group)].flatMap((group) => group.list())
    const found = all.find((each) => each.name === name)
    if (found) return found
    throw new Error(`no process ${name}; there are ${all.map((each) => each.name).join(', ')}`)
  }

  const start = async (): Promise<System> => {
    const infrastructure = await startInfrastructure({
      home,
      given: options.given,
      secretOf,
      portOf: openStablePorts(join(home, 'ports.json')),
      isDurable: options.isDurable,
      withAdmin: options.withAdmin ?? false,
      start: servers.start,
      onReady,
      ...(options.onDownload ? { onDownload: options.onDownload } : {}),
    })
    await startServices(infrastructure)
    return {
      consoleUrl,
      token,
      infrastructure,
      pids: pidFile.pids,
      kill: (name) => find(name).kill(),
      untilReady: (name) => find(name).untilReady(),
      lose: (name) => find(name).stop({ signal: 'SIGKILL' }),
    }
  }

  return {
    started: start(),
    stop: async (stopOptions) => {
      for (const { group } of waves) await group.stop(stopOptions)
      await servers.stop()
      stopRotation()
    },
  }
}
