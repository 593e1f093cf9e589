import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectionOf } from './home/connection-file.ts'
import { identify } from './process/process-identity.ts'
import { checkGivenNats, checkGivenRedis } from './servers/check-given-server.ts'
import { freePort } from './servers/free-port.ts'
import { ensureServiceDatabases } from './servers/service-databases.ts'
import { startSystem, type StartingSystem, type SystemOptions } from './start-system.ts'

/** Stands in for a real service: says that it is ready, and what it was given. */
const tinyService = `
console.log(JSON.stringify({ msg: 'started', env: process.env }))
console.log(JSON.stringify({ msg: 'ready' }))
setInterval(() => {}, 1000)
process.on('SIGTERM', () => process.exit())
`
const tinyGateway = `
import { createServer } from 'node:http'
createServer((_, response) => response.end('{}')).listen(Number(process.env.PORT), process.env.HOST, () =>
  console.log(JSON.stringify({ msg: 'ready' })))
process.on('SIGTERM', () => process.exit())
`

let folder: string
let options: SystemOptions
const started: StartingSystem[] = []

const start = (more: Partial<SystemOptions> = {}) => {
  const system = startSystem({ ...options, ...more })
  started.push(system)
  return system
}

const write = (service: string, script: string) => {
  const at = join(folder, 'services', service, 'src')
  mkdirSync(at, { recursive: true })
  writeFileSync(join(at, 'main.ts'), script)
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'start-system-'))
  // Postgres runs as another user than root and has to get to its data.
  chmodSync(folder, 0o755)
  write('gateway', tinyGateway)
  write('budget', tinyService)
  write('timeline', tinyService)
  options = {
    home: join(folder, 'home'),
    servicesFolder: join(folder, 'services'),
    webDist: folder,
    host: '127.0.0.1',
    port: await freePort(),
    workers: 1,
    logLevel: 'info',
    given: {},
    isDurable: true,
    services: ['gateway', 'budget', 'timeline'],
    env: { PATH: process.env['PATH'] },
  }
})

afterAll(async () => {
  await Promise.all(started.map((system) => system.stop({ graceMs: 0 })))
  rmSync(folder, { recursive: true })
})

test('starts everything, keeps it running, leaves nothing behind, and keeps data and addresses', async () => {
  const first = start()
  const system = await first.started
  const connection = connectionOf(system, options.home)
  expect(connection.nats).toMatchObject({ user: 'outside', inboxPrefix: '_INBOX_outside' })
  expect(Object.keys(connection.pids).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'budget-1',
    'gateway-1',
    'launcher',
    'nats',
    'postgres',
    'redis',
    'timeline-1',
  ])

  const before = system.pids()['budget-1']
  await system.kill('budget-1')
  await system.untilReady('budget-1')
  expect(system.pids()['budget-1']).not.toBe(before)

  const sql = postgres(system.infrastructure.postgresUrl, { max: 1 })
  await sql`create table kept (word text)`
  await sql.end()
  const pids = Object.values(system.pids())
  await first.stop()
  expect(pids.filter((pid) => identify(pid))).toEqual([])

  const second = start()
  const again = await second.started
  expect(again.infrastructure).toMatchObject({
    natsUrl: system.infrastructure.natsUrl,
    postgresUrl: system.infrastructure.postgresUrl,
    redisUrl: system.infrastructure.redisUrl,
  })
  expect(again.token).toBe(system.token)
  const sqlAgain = postgres(again.infrastructure.postgresUrl, { max: 1 })
  expect(await sqlAgain`select word from kept`).toHaveLength(0)
  await sqlAgain.end()
  await second.stop()
})

test('no service gets into the database of another', async () => {
  const running = start()
  const { infrastructure } = await running.started
  const foreign = new URL(infrastructure.postgresUrl)
  const secrets = await import(join(options.home, 'secrets.json'), { with: { type: 'json' } })
  foreign.username = 'budget'
  foreign.password = secrets.default['database:budget']
  foreign.pathname = '/timeline'
  const sql = postgres(foreign.href, { max: 1 })
  await expect(sql`select 1`).rejects.toThrow('permission denied for database "timeline"')
  await sql.end()
  await running.stop()
})

test('a service that cannot start fails the start with the end of its log', async () => {
  write('scheduler', `console.log('REDIS_URL is wrong'); process.exit(1)`)
  const failing = start({ services: ['scheduler'], port: await freePort() })
  await expect(failing.started).rejects.toMatchObject({
    message: 'scheduler-1 ended 3 times (code 1)',
    logTail: expect.stringContaining('REDIS_URL is wrong'),
  })
  await failing.stop()
})

test('a given server that is away, is another, or refuses us is named, with what to do', async () => {
  const running = start()
  const { infrastructure } = await running.started
  const { natsUrl, redisUrl } = infrastructure
  const login = infrastructure.natsLogin('gateway')
  const nats = new URL(natsUrl)
  const redis = new URL(redisUrl)
  const waitMs = 100
  const nowhere = await freePort()

  await checkGivenNats('NATS_URL', `nats://${login?.user}:${login?.password}@${nats.host}`)
  await checkGivenRedis(redisUrl)
  const wrong: readonly (readonly [() => Promise<unknown>, string])[] = [
    [
      () => checkGivenNats('NATS_URL', `nats://gateway:wrong@${nats.host}`),
      'NATS_URL: the server refuses this login',
    ],
    [() => checkGivenNats('NATS_URL', natsUrl), 'NATS_URL: the server refuses this login'],
    [
      () => checkGivenNats('NATS_URL', `nats://127.0.0.1:${nowhere}`, waitMs),
      'NATS_URL: nothing answers',
    ],
    [
      () => checkGivenNats('NATS_URL', `nats://${redis.host}`, waitMs),
      'NATS_URL: this is no NATS server',
    ],
    [
      () => checkGivenRedis(`redis://:wrong@${redis.host}`),
      'REDIS_URL: the server refuses us (WRONGPASS',
    ],
    [() => checkGivenRedis(`redis://${redis.host}`), 'REDIS_URL: the server refuses us (NOAUTH'],
    [() => checkGivenRedis(`redis://127.0.0.1:${nowhere}`, waitMs), 'REDIS_URL: nothing answers'],
    [() => checkGivenRedis(`redis://${nats.host}`, waitMs), 'REDIS_URL: this is no Redis'],
    [
      () => ensureServiceDatabases(`postgres://a:b@127.0.0.1:${nowhere}/postgres`, new Map()),
      'POSTGRES_URL: nothing answers',
    ],
  ]
  for (const [ask, message] of wrong) {
    await expect(ask()).rejects.toMatchObject({
      name: 'LaunchFailure',
      message: expect.stringContaining(message),
      whatToDo: expect.stringMatching(/^\p{Lu}.*\.$/u),
    })
  }
  await running.stop()
})

test('on a given NATS, programs outside get the login that is theirs, or none', async () => {
  const running = start()
  const { infrastructure } = await running.started
  const { postgresUrl, redisUrl } = infrastructure
  const addressOf = (user: string) => {
    const login = infrastructure.natsLogin(user)
    return `nats://${login?.user}:${login?.password}@${new URL(infrastructure.natsUrl).host}`
  }
  const connectionWith = async (natsOutsideUrl: string | undefined) => {
    const home = join(folder, 'home-on-given')
    const given = { postgresUrl, redisUrl, natsUrl: addressOf('gateway'), natsOutsideUrl }
    const other = start({ home, port: await freePort(), services: ['budget'], given })
    const connection = connectionOf(await other.started, home)
    await other.stop()
    return connection
  }

  const closed = await connectionWith(undefined)
  expect(closed).not.toHaveProperty('nats')
  expect(closed).toHaveProperty('token')
  const open = await connectionWith(addressOf('outside'))
  expect(open.nats).toEqual(connectionOf(await running.started, options.home).nats)
  for (const each of [closed, open]) {
    expect(JSON.stringify(each)).not.toContain(infrastructure.natsLogin('gateway')?.password)
  }
  await expect(connectionWith(addressOf('outside').replace('@', 'x@'))).rejects.toThrow(
    'NATS_OUTSIDE_URL: the server refuses this login',
  )
  await running.stop()
})

test('can be stopped while it is starting', async () => {
  const starting = start({ home: join(folder, 'other-home') })
  const outcome = starting.started.catch((error: unknown) => String(error))
  await starting.stop()
  expect(await outcome).toContain('was stopped')
  expect(existsSync(join(folder, 'other-home', 'postgres', 'postmaster.pid'))).toBe(false)
})
