import type { ServiceName } from '@maestro/nats-access/access-table'
import { inboxPrefixOf } from '@maestro/nats-access/to-permissions'
import { serviceDatabaseUrl } from '../servers/service-databases.ts'
import type { Infrastructure } from '../start-infrastructure.ts'

type Env = Readonly<Record<string, string>>

/** What every program may need to run at all. */
const commonNames = [
  'PATH',
  'HOME',
  'TMPDIR',
  'TZ',
  'LANG',
  'NODE_COMPILE_CACHE',
  'NODE_EXTRA_CA_CERTS',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
]
/** Keys, and what seals them, go to the one service that talks to providers. */
const providerName = /^(GROQ|GEMINI|OLLAMA|REHEARSAL|ANSWER_CACHE)_|^MAESTRO_MASTER_KEY/
/** More tools, and what they are told. */
const toolName = /^TOOL_/
const telemetryName = /^OTEL_/
/** A bound or a time is nobody's secret; services name them with their unit last. */
const boundName = /_(MAX|MIN|MS)$/
/** How the gateway is reached from elsewhere. */
const edgeNames = ['PUBLIC_URL', 'CORS_ORIGINS']
const redisUsers: readonly ServiceName[] = ['llm-router', 'scheduler']

export type ServiceSurroundings = {
  readonly infrastructure: Infrastructure
  readonly databasePasswordOf: (service: ServiceName) => string
  readonly logLevel: string
  /** Where what seals the keys of providers is kept, unless the environment says otherwise; made by the router. */
  readonly masterKeyFile?: string | undefined
  readonly gateway: { host: string; port: number; token: string; webDist: string }
  /** The environment of the launcher, of which each service gets what is its own. */
  readonly env: NodeJS.ProcessEnv
  /** More for one service, in tests and benchmarks. */
  readonly more?: Partial<Record<ServiceName, Env>> | undefined
}

/** A setting of one service starts with its name: `ORCHESTRATOR_…`, `LLM_ROUTER_…`. */
const isMeantFor = (service: ServiceName, name: string): boolean =>
  commonNames.includes(name) ||
  telemetryName.test(name) ||
  boundName.test(name) ||
  name.startsWith(`${service.replaceAll('-', '_').toUpperCase()}_`) ||
  (service === 'gateway' && edgeNames.includes(name)) ||
  (service === 'orchestrator' && toolName.test(name)) ||
  (service === 'llm-router' && providerName.test(name))

const passedOn = (service: ServiceName, env: NodeJS.ProcessEnv): Env =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value !== undefined && isMeantFor(service, name) ? [[name, value]] : [],
    ),
  )

/** The environment of one copy of a service: what it needs, and nobody else's secrets. */
export const serviceEnv = (
  service: ServiceName,
  copyName: string,
  {
    infrastructure,
    databasePasswordOf,
    logLevel,
    masterKeyFile,
    gateway,
    env,
    more,
  }: ServiceSurroundings,
): Env => {
  const login = infrastructure.natsLogin(service)
  return {
    ...(service === 'llm-router' && masterKeyFile !== undefined
      ? { MAESTRO_MASTER_KEY_FILE: masterKeyFile }
      : {}),
    ...passedOn(service, env),
    COPY_NAME: copyName,
    LOG_LEVEL: logLevel,
    NATS_URL: infrastructure.natsUrl,
    ...(login ? { NATS_USER: login.user, NATS_PASSWORD: login.password } : {}),
    NATS_INBOX_PREFIX: inboxPrefixOf(service),
    POSTGRES_URL: serviceDatabaseUrl(
      infrastructure.postgresUrl,
      service,
      databasePasswordOf(service),
    ),
    ...(redisUsers.includes(service) ? { REDIS_URL: infrastructure.redisUrl } : {}),
    ...(service === 'gateway'
      ? {
          HOST: gateway.host,
          PORT: `${gateway.port}`,
          MAESTRO_TOKEN: gateway.token,
          WEB_DIST: gateway.webDist,
        }
      : {}),
    ...more?.[service],
  }
}
