import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway } from '../testing/test-gateway.ts'

let gateway: Awaited<ReturnType<typeof startTestGateway>>
let folder: string
let webDist: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maestro-console-'))
  webDist = join(folder, 'dist')
  gateway = await startTestGateway({ webDist })
})
afterAll(async () => {
  await gateway?.stop()
  await rm(folder, { recursive: true, force: true })
})

const open = (url: string) => gateway.app.inject({ method: 'GET', url })

test('a console that is not built says how to build it; once built, it is served', async () => {
  const missing = await open('/')
  expect(missing.statusCode).toBe(503)
  expect(missing.body).toContain('npm run build')

  await mkdir(join(webDist, 'assets'), { recursive: true })
  await writeFile(join(webDist, 'index.html'), '<title>The console</title>')
  await writeFile(join(webDist, 'assets', 'main-4f3a.js'), 'start()')
  await writeFile(join(folder, 'secret.txt'), 'outside')

  for (const path of ['/', '/tasks', '/tasks/task_1?tab=graph', '/queues/default']) {
    const page = await open(path)
    expect(page.statusCode).toBe(200)
    expect(page.body).toContain('The console')
    expect(page.headers['cache-control']).toBe('no-cache')
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
    expect(policy).toContain("frame-ancestors 'none'")
  }
  const asset = await open('/assets/main-4f3a.js')
  expect(asset.body).toBe('start()')
  expect(asset.headers['cache-control']).toContain('immutable')
})

test('nothing outside of the console is served', async () => {
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%2f..%2fsecret.txt',
  ]) {
    const response = await open(path)
    expect(response.body).not.toContain('outside')
  }
  const missing = await open('/assets/gone.js')
  expect(missing.statusCode).toBe(404)
  expect(missing.json()).toMatchObject({ error: { code: 'NOT_FOUND' } })
})

test('an unknown address below /api is an error, not a page', async () => {
  const response = await open('/api/nothing')
  expect(response.statusCode).toBe(404)
  expect(response.json()).toMatchObject({
    error: { code: 'NOT_FOUND', details: { path: '/api/nothing' } },
  })
})
