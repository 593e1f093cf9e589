import { type ServiceName, serviceNames } from '@maestro/nats-access/access-table'
import { passwordVariableOf } from '@maestro/nats-access/container-conf'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { serviceEnv } from '../services/service-env.ts'
import { databasePasswordVariableOf } from './database-passwords.ts'

type ComposeService = {
  image: string
  command: readonly string[]
  environment?: Readonly<Record<string, string | null>>
  ports?: readonly string[]
  depends_on?: Readonly<Record<string, { condition: string }>>
  healthcheck?: { test: readonly string[] }
  restart: string
}
type ComposeFile = { services: Readonly<Record<string, ComposeService>> }

const root = join(import.meta.dirname, '..', '..', '..', '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const { services } = parse(read('docker-compose.yml'), { merge: true }) as ComposeFile
const dockerfile = read('infra/docker/Dockerfile')

const composed = (name: string): ComposeService => {
  const service = services[name]
  if (!service) throw new Error(`docker-compose.yml has no ${name}`)
  return service
}
const envOf = (service: ServiceName) => composed(service).environment ?? {}

/** Where things are in containers, and every variable of the file set to something. */
const launchedEnv = (service: ServiceName, env: NodeJS.ProcessEnv) =>
  serviceEnv(service, 'copy', {
    infrastructure: {
      postgresUrl: 'postgres://maestro:secret@postgres:5432/postgres',
      natsUrl: 'nats://nats:4222',
      natsLogin: (user) => ({ user, password: `\${${passwordVariableOf(user)}-}` }),
      outsideNats: null,
      redisUrl: 'redis://:${REDIS_PASSWORD-}@redis:6379',
    },
    databasePasswordOf: (name) => databasePasswordVariableOf(name),
    logLevel: '${LOG_LEVEL:-info}',
    gateway: {
      host: '0.0.0.0',
      port: 8080,
      token: '${MAESTRO_TOKEN-}',
      webDist: '/maestro/apps/web/dist',
    },
    env,
  })

test('the file has the services of npm start, its three servers, and what containers need besides', () => {
  const others = ['postgres', 'nats', 'redis', 'prepare', 'collector']
  expect(Object.keys(services).toSorted()).toEqual([...serviceNames, ...others].toSorted())
})

test.each(serviceNames)(
  '%s runs its main.ts with the environment that npm start gives it',
  (name) => {
    expect(composed(name).command).toEqual(['node', `services/${name}/src/main.ts`])
    const env = envOf(name)
    // Its copies are told apart by the names of their containers, and the password of its database is a variable.
    const { COPY_NAME: _, POSTGRES_URL: postgresUrl = '', ...launched } = launchedEnv(name, {})
    const variable = databasePasswordVariableOf(name)
    expect(env).toMatchObject(launched)
    expect(env['POSTGRES_URL']).toBe(postgresUrl.replace(variable, `\${${variable}-}`))
  },
)

test.each(serviceNames)('%s gets nothing that npm start would keep from it', (name) => {
  const everything = Object.fromEntries(
    serviceNames.flatMap((service) => Object.keys(envOf(service)).map((each) => [each, 'set'])),
  )
  const allowed = Object.keys(launchedEnv(name, everything))
  expect(Object.keys(envOf(name)).filter((each) => !allowed.includes(each))).toEqual([])
})

type ServiceConfig = {
  shape: Readonly<Record<string, unknown>>
  parse: (env: unknown) => { COPY_NAME: string }
}

const configOf = async (name: ServiceName): Promise<ServiceConfig> => {
  const file = join(root, 'services', name, 'src', 'config.ts')
  const module = (await import(file)) as { Config: ServiceConfig }
  return module.Config
}

test.each(serviceNames)('every setting of %s can be set here, and is described', async (name) => {
  const settings = Object.keys((await configOf(name)).shape)
  const offered = new Set([...Object.keys(envOf(name)), 'COPY_NAME'])
  expect(settings.filter((each) => !offered.has(each))).toEqual([])
  const described = read('docs/operations.md')
  expect(settings.filter((each) => !described.includes(`\`${each}\``))).toEqual([])
})

test.each(serviceNames)('%s takes the environment that the file gives it', async (name) => {
  const env = Object.entries(envOf(name)).flatMap(([key, value]) =>
    value === null ? [] : [[key, value.replaceAll(/\$\{\w+(?::?-([^}]*))?\}/g, '$1')]],
  )
  const config = (await configOf(name)).parse({
    ...Object.fromEntries(env),
    MAESTRO_TOKEN: 'long-enough',
  })
  expect(config.COPY_NAME).not.toBe('')
})

test('the bus knows the same users with the same passwords', () => {
  const conf = read('infra/nats/nats.conf')
  const wanted = [...conf.matchAll(/\$(NATS_PASSWORD_\w+)/g)].map(([, name = '']) => name)
  const given = composed('nats').environment ?? {}
  expect(Object.keys(given).toSorted()).toEqual(wanted.toSorted())
  for (const name of wanted) expect(given[name]).toBe(`"\${${name}-}"`)
})

test('every database is prepared with the password that its service uses', () => {
  const given = composed('prepare').environment ?? {}
  for (const name of serviceNames) {
    const variable = databasePasswordVariableOf(name)
    expect(given[variable]).toBe(`\${${variable}-}`)
  }
})

test('every secret of the file stands in .env.example, and no other', () => {
  const secret = /(\w*(?:PASSWORD|TOKEN|MASTER_KEY)\w*)/.source
  const used = new Set(
    [...read('docker-compose.yml').matchAll(new RegExp(`\\$\\{${secret}-\\}`, 'g'))].map(
      ([, name]) => name,
    ),
  )
  const offered = [...read('.env.example').matchAll(new RegExp(`^${secret}=$`, 'gm'))].map(
    ([, name]) => name,
  )
  expect(new Set(offered)).toEqual(used)
})

test('only the gateway can be reached, and only from this machine', () => {
  const open = Object.entries(services).flatMap(([name, { ports }]) =>
    ports ? [[name, ports]] : [],
  )
  expect(open).toEqual([['gateway', ['127.0.0.1:${PORT:-8080}:8080']]])
})

test('every service waits for its servers to be healthy, is probed itself, and comes back', () => {
  for (const name of serviceNames) {
    const { depends_on: dependsOn = {}, healthcheck, restart } = composed(name)
    const usesRedis = 'REDIS_URL' in envOf(name)
    expect(dependsOn).toEqual({
      nats: { condition: 'service_healthy' },
      prepare: { condition: 'service_completed_successfully' },
      ...(usesRedis ? { redis: { condition: 'service_healthy' } } : {}),
    })
    expect(healthcheck?.test.join(' ')).toContain(
      name === 'gateway' ? '/api/system/health' : `healthcheck.ts ${name}`,
    )
    expect(restart).toBe('unless-stopped')
  }
  for (const name of ['postgres', 'nats', 'redis']) {
    expect(composed(name).healthcheck?.test[0]).toMatch(/^CMD/)
  }
})

test('the image is built from the manifests of every workspace, and installs every service', () => {
  const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] }
  const copied = [...dockerfile.matchAll(/^COPY (\S+)\/package\.json /gm)].map(
    ([, folder]) => folder,
  )
  const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, unknown> }
  const folders = Object.keys(lock.packages).filter((path) =>
    workspaces.some((each) => new RegExp(`^${each.replace('*', '[^/]+')}$`).test(path)),
  )
  expect(new Set(copied)).toEqual(new Set(folders))
  for (const name of serviceNames) expect(dockerfile).toContain(`--workspace=services/${name}`)
})
