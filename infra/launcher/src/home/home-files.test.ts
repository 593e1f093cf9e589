import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSecrets } from './secrets.ts'
import { openStablePorts } from './stable-ports.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'home-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('secrets are made once, differ from each other, and only their owner reads them', () => {
  const file = join(folder, 'secrets.json')
  const secretOf = openSecrets(file)
  const token = secretOf('token')
  expect(token).toMatch(/^[0-9a-f]{48}$/)
  expect(secretOf('postgres')).not.toBe(token)
  expect(openSecrets(file)('token')).toBe(token)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('a port that somebody else took since is replaced, and the new one is kept', async () => {
  const file = join(folder, 'ports.json')
  const port = await openStablePorts(file)('nats')
  const taker = createServer()
  await new Promise<void>((resolve) => taker.listen(port, '127.0.0.1', resolve))
  const other = await openStablePorts(file)('nats')
  await new Promise((resolve) => taker.close(resolve))
  expect(other).not.toBe(port)
})
