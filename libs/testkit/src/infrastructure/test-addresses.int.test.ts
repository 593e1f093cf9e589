import { connect } from 'node:net'
import postgres from 'postgres'
import { expect, test } from 'vitest'
import { testNatsEnv, testPostgresUrl, testRedisUrl } from './test-addresses.ts'
import { createTestDatabase } from './test-database.ts'

/** Sends what is to be said as soon as it may, and collects the answer until it matches. */
const converse = (url: string, words: string, until: RegExp): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url)
    let heard = ''
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(words))
    socket.setTimeout(5_000, () => reject(new Error(`heard only: ${heard}`)))
    socket.once('error', reject)
    socket.on('data', (data) => {
      heard += data.toString()
      if (!until.test(heard)) return
      socket.destroy()
      resolve(heard)
    })
  })

test('every test file has a database of its own, which is gone afterwards', async () => {
  const database = await createTestDatabase()
  const sql = postgres(database.url, { max: 1 })
  const [row] = await sql<{ name: string }[]>`select current_database() as name`
  await sql.end()
  await database.drop()
  const admin = postgres(testPostgresUrl(), { max: 1 })
  const left = await admin`select 1 from pg_database where datname = ${row?.name ?? ''}`
  await admin.end()
  expect(row?.name).toMatch(/^test_/)
  expect(left).toHaveLength(0)
})

test('NATS takes the password of a service and no other', async () => {
  const { NATS_URL, NATS_USER, NATS_PASSWORD } = testNatsEnv('budget')
  const signIn = (pass: string) =>
    converse(
      NATS_URL,
      `CONNECT ${JSON.stringify({ user: NATS_USER, pass, verbose: true })}\r\nPING\r\n`,
      /PONG|-ERR/,
    )
  expect(await signIn(NATS_PASSWORD)).toContain('PONG')
  expect(await signIn('wrong')).toContain('Authorization Violation')
})

test('Redis answers to its password', async () => {
  const url = testRedisUrl()
  const said = await converse(url, `AUTH ${new URL(url).password}\r\nPING\r\n`, /PONG|-ERR/)
  expect(said).toContain('+PONG')
})
