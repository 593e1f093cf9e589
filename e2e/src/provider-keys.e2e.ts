import { randomBytes } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { connectDatabase } from '@maestro/service-kit/database'
import { startTestSystem, type TestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import {
  type ProviderEmulator,
  startProviderEmulator,
} from '@maestro/testkit/providers/start-provider-emulator'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { capableModel } from './capable-model.ts'
import { createHttpClient, type HttpClient } from './http-client.ts'
import { startOtlpReceiver } from './otlp-receiver.ts'

/** Of no form that anything could know and mask. */
const newSecret = () => `private${randomBytes(20).toString('hex')}`
const taken = newSecret()
const rotated = newSecret()
const refused = newSecret()
const misplaced = newSecret()
const secrets = [taken, rotated, refused, misplaced]
/** More than may ever be shown of it. */
const tellingPart = (secret: string) => secret.slice(7, -4)

const receiver = await startOtlpReceiver()
let groq: ProviderEmulator
let system: TestSystem
let client: HttpClient

beforeAll(async () => {
  groq = await startProviderEmulator({
    provider: 'groq',
    script: { answer: capableModel, keys: () => [taken, rotated] },
  })
  system = await startTestSystem({
    workers: 2,
    logLevel: 'debug',
    env: {
      GROQ_BASE_URL: groq.url,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_BSP_SCHEDULE_DELAY: '200',
    },
  })
  client = createHttpClient(system)
})
afterAll(async () => {
  await system?.stop()
  await groq?.close()
  await receiver.close()
})

const send = async (method: string, path: string, body?: string) => {
  const headers = { 'idempotency-key': randomBytes(8).toString('hex') }
  const init = body === undefined ? { method, headers } : { method, headers, body }
  const response = await client.send(`/api/providers/keys${path}`, init)
  return { status: response.status, text: await response.text() }
}
const put = (path: string, value: string) => send('PUT', path, JSON.stringify({ value }))

const filesBelow = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
}

/** Everything that a whole Maestro wrote: logs, tables, write-ahead logs, streams, queues. */
const findInFiles = async (needles: readonly string[]): Promise<string[]> => {
  const found: string[] = []
  for (const file of await filesBelow(system.home)) {
    const content = await readFile(file).catch(() => null)
    if (content !== null && needles.some((needle) => content.includes(needle))) found.push(file)
  }
  return found
}

/** Compressed values show in no file: each row of each table as the database gives it. */
const findInTables = async (needles: readonly string[]): Promise<string[]> => {
  const found: string[] = []
  for (const database of ['gateway', 'llm_router', 'orchestrator', 'budget', 'timeline']) {
    const url = new URL(system.postgresUrl)
    url.pathname = `/${database}`
    const sql = connectDatabase(url.href, { connectionsMax: 1 })
    const tables = await sql<{ name: string }[]>`
      select table_name as name from information_schema.tables where table_schema = 'public'`
    for (const { name } of tables) {
      const rows = await sql<{ text: string }[]>`select row::text as text from ${sql(name)} as row`
      if (rows.some(({ text }) => needles.some((needle) => text.includes(needle))))
        found.push(`${database}.${name}`)
    }
    await sql.end()
  }
  return found
}

test('a key is put, used, tested, rotated and deleted, and its value is nowhere but in requests to its provider', async () => {
  const answers = [
    await put('/groq/main', taken),
    await put('/groq/main?scope=user', refused),
    await put('/groq/other', refused),
    await send('POST', '/groq/other/test'),
    await send('PUT', '/groq/main', `{"value":"${misplaced}`),
    await send('PUT', '/groq/main', misplaced),
    await send('PUT', '/groq/main', JSON.stringify({ [misplaced]: 'value' })),
    await put('/groq/main', `${misplaced}\n`),
    await put('/openai/main', misplaced),
    await put('/groq/env', misplaced),
    await put('/groq/main', misplaced.repeat(20)),
  ]
  expect(answers.map(({ status }) => status)).toEqual([
    200, 200, 200, 200, 400, 400, 400, 400, 400, 400, 400,
  ])
  expect(JSON.parse(answers[3]?.text ?? '')).toMatchObject({
    accepted: false,
    failureClass: 'auth',
  })

  const { taskId } = await client.createTask({
    goal: 'Which month was the wettest?',
    inputs: [{ name: 'rain.csv', mediaType: 'text/csv', text: 'month,mm\n1,80\n2,60\n3,95\n' }],
    options: { providers: ['groq'], limits: { costUsd: '2' } },
  })
  expect((await client.ended(taskId)).state.status).toBe('succeeded')
  const used = () => new Set(groq.requests.map(({ headers }) => headers.authorization))
  expect(used()).toContain(`Bearer ${taken}`)

  answers.push(await put('/groq/main', rotated), await send('POST', '/groq/main/test'))
  expect(JSON.parse(answers.at(-1)?.text ?? '')).toMatchObject({ accepted: true })
  await expect
    .poll(async () => (await send('GET', '')).text, { timeout: 20_000 })
    .toContain('"refused"')
  answers.push(await send('GET', ''), await send('POST', '/reencrypt'))
  answers.push(await send('DELETE', '/groq/other'), await send('DELETE', '/groq/main'))
  expect(answers.slice(-4).map(({ status }) => status)).toEqual([200, 200, 204, 204])

  // The master key was made once, for its owner only, by whichever worker came first.
  expect((await stat(join(system.home, 'master-key'))).mode & 0o777).toBe(0o600)

  const needles = secrets.map(tellingPart)
  for (const { text } of answers) for (const needle of needles) expect(text).not.toContain(needle)
  await expect
    .poll(() => receiver.spans.some(({ name }) => name.includes('putProviderKey')))
    .toBe(true)
  expect(receiver.bodies.filter((body) => needles.some((needle) => body.includes(needle)))).toEqual(
    [],
  )
  expect(await findInTables(needles)).toEqual([])
  expect(await findInFiles(needles)).toEqual([])
  // The search finds what is there: else it would prove nothing.
  expect(await findInTables([taskId])).toContain('llm_router.calls')
  expect((await findInFiles(['"msg":"ready"'])).length).toBeGreaterThan(5)
})
