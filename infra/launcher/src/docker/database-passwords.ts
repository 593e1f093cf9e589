import { type ServiceName, serviceNames } from '@maestro/nats-access/access-table'
import { LaunchFailure } from '../launch-failure.ts'

/** `llm-router` → `POSTGRES_PASSWORD_LLM_ROUTER`. */
export const databasePasswordVariableOf = (service: ServiceName): string =>
  `POSTGRES_PASSWORD_${service.replaceAll('-', '_').toUpperCase()}`

/** They stand in addresses and in SQL, so that they need no escaping in either. */
const password = /^[\w-]{8,200}$/

/** The password of each service's database, out of the environment of containers. */
export const readDatabasePasswords = (env: NodeJS.ProcessEnv): ReadonlyMap<ServiceName, string> => {
  const passwords = new Map(
    serviceNames.map((service) => [service, env[databasePasswordVariableOf(service)] ?? '']),
  )
  const unfit = [...passwords].filter(([, text]) => !password.test(text))
  if (unfit.length === 0) return passwords
  const names = unfit.map(([service]) => databasePasswordVariableOf(service)).join(', ')
  throw new LaunchFailure(
    `not set, or not 8 or more letters, digits, "-" and "_": ${names}`,
    'node infra/docker/write-env.mjs writes an .env with a password for each.',
  )
}
