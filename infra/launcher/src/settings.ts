import { isAbsolute, join } from 'node:path'
import { LaunchFailure } from './launch-failure.ts'
import { readNatsAddress } from './servers/nats-address.ts'
import type { GivenServers } from './start-infrastructure.ts'

export type Settings = {
  readonly home: string
  readonly host: string
  readonly port: number
  readonly token: string | undefined
  readonly workers: number
  readonly logLevel: string
  readonly given: GivenServers
}

/** A router worker takes about 70 MiB; more than this many on one machine help nobody. */
const WORKERS_MAX = 16
/** The gateway takes no shorter one. */
const TOKEN_CHARACTERS_MIN = 8

const readInteger = (
  env: NodeJS.ProcessEnv,
  name: string,
  { absent, min, max }: { absent: number; min: number; max: number },
): number => {
  const text = env[name]
  if (text === undefined || text === '') return absent
  const value = Number(text)
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new LaunchFailure(`${name} is ${text}`, `Set it to a whole number from ${min} to ${max}.`)
}

const readUrl = (env: NodeJS.ProcessEnv, name: string, example: string): string | undefined => {
  const text = env[name]
  if (text === undefined || text === '') return undefined
  if (URL.canParse(text)) return text
  throw new LaunchFailure(`${name} is no address`, `It looks like ${example}.`)
}

/** An address of its own for programs outside makes sense where the server is not ours. */
const readNatsUrls = (env: NodeJS.ProcessEnv): Pick<GivenServers, 'natsUrl' | 'natsOutsideUrl'> => {
  const natsUrl = readUrl(env, 'NATS_URL', 'nats://user:password@host:4222')
  const natsOutsideUrl = readUrl(env, 'NATS_OUTSIDE_URL', 'nats://outside:password@host:4222')
  if (natsOutsideUrl === undefined) return { natsUrl, natsOutsideUrl }
  if (natsUrl === undefined) {
    throw new LaunchFailure(
      'NATS_OUTSIDE_URL is set and NATS_URL is not',
      'Leave it out: the private server has a user for programs outside.',
    )
  }
  const { login } = readNatsAddress(natsUrl)
  if (login !== undefined && readNatsAddress(natsOutsideUrl).login?.user === login.user) {
    throw new LaunchFailure(
      'NATS_OUTSIDE_URL names the user of the services',
      'Name one that may subscribe and no more (docs/operations.md), or leave it out.',
    )
  }
  return { natsUrl, natsOutsideUrl }
}

const readToken = (env: NodeJS.ProcessEnv): string | undefined => {
  const token = env['MAESTRO_TOKEN'] || undefined
  if (token === undefined || token.length >= TOKEN_CHARACTERS_MIN) return token
  throw new LaunchFailure(
    'MAESTRO_TOKEN is too short',
    `Take at least ${TOKEN_CHARACTERS_MIN} characters, or leave it out: one is made for you.`,
  )
}

/** A service says by a line of its log, at level info, that it is ready. */
const readLogLevel = (env: NodeJS.ProcessEnv): string => {
  const level = env['LOG_LEVEL'] || 'info'
  if (['info', 'debug'].includes(level)) return level
  throw new LaunchFailure(`LOG_LEVEL is ${level}`, 'Here it is info or debug.')
}

/** Reads the launcher's part of the environment (see docs/operations.md). */
export const readSettings = (env: NodeJS.ProcessEnv, root: string): Settings => {
  const home = env['MAESTRO_HOME'] || '.maestro'
  return {
    home: isAbsolute(home) ? home : join(root, home),
    host: env['HOST'] || '127.0.0.1',
    port: readInteger(env, 'PORT', { absent: 8080, min: 1, max: 65_535 }),
    token: readToken(env),
    workers: readInteger(env, 'LLM_ROUTER_WORKERS', { absent: 1, min: 1, max: WORKERS_MAX }),
    logLevel: readLogLevel(env),
    given: {
      postgresUrl: readUrl(env, 'POSTGRES_URL', 'postgres://user:password@host:5432/postgres'),
      ...readNatsUrls(env),
      redisUrl: readUrl(env, 'REDIS_URL', 'redis://:password@host:6379'),
    },
  }
}
