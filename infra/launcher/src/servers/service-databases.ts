import postgres from 'postgres'
import { LaunchFailure } from '../launch-failure.ts'

/** `llm-router` → `llm_router`: the name of its database and of its user. */
export const databaseNameOf = (service: string): string => service.replaceAll('-', '_')

/** The address of one service's database on the server of `adminUrl`. */
export const serviceDatabaseUrl = (adminUrl: string, service: string, password: string): string => {
  const url = new URL(adminUrl)
  url.username = databaseNameOf(service)
  url.password = password
  url.pathname = `/${databaseNameOf(service)}`
  return url.href
}

const unreachedCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'CONNECT_TIMEOUT']

const isUnreached = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && unreachedCodes.includes(String(error.code))

/** A database and a user for each service, neither of which any other service may enter. Repeating it is harmless. @returns whether any database is new. */
export const ensureServiceDatabases = async (
  adminUrl: string,
  passwords: ReadonlyMap<string, string>,
): Promise<boolean> => {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined })
  try {
    const roles = await sql<{ rolname: string }[]>`select rolname from pg_roles`
    const databases = await sql<{ datname: string }[]>`select datname from pg_database`
    let isAnyNew = false
    for (const [service, password] of passwords) {
      const name = databaseNameOf(service)
      const hasRole = roles.some(({ rolname }) => rolname === name)
      // A password cannot be a parameter here; ours are hexadecimal.
      await sql.unsafe(`${hasRole ? 'alter' : 'create'} role ${name} login password '${password}'`)
      if (databases.some(({ datname }) => datname === name)) continue
      // A user who is no superuser may give away only to roles that he is in.
      await sql.unsafe(`grant ${name} to current_user`)
      await sql.unsafe(`create database ${name} owner ${name}`)
      await sql.unsafe(`revoke all on database ${name} from public`)
      isAnyNew = true
    }
    return isAnyNew
  } catch (error) {
    const { hostname, port } = new URL(adminUrl)
    if (isUnreached(error)) {
      throw new LaunchFailure(
        `POSTGRES_URL: nothing answers at ${hostname}:${port || 5432}`,
        'Start that server, or leave POSTGRES_URL out: a private one is started.',
        { cause: error },
      )
    }
    throw new LaunchFailure(
      `the databases of the services could not be made at ${hostname}:${port}: ${String(error)}`,
      'POSTGRES_URL has to name a user who may create roles and databases.',
      { cause: error },
    )
  } finally {
    await sql.end({ timeout: 5 })
  }
}
