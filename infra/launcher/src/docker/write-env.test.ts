import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..', '..', '..', '..')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maestro-env-'))
  cpSync(join(root, '.env.example'), join(folder, '.env.example'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const run = () =>
  execFileSync(process.execPath, [
    join(root, 'infra', 'docker', 'write-env.mjs'),
    folder,
  ]).toString()
const env = () => readFileSync(join(folder, '.env'), 'utf8')

test('the first run fills in every secret, for its owner only, and says how to sign in', () => {
  const said = run()
  expect(env()).not.toMatch(/^[A-Z_]+=$/m)
  const secrets = [...env().matchAll(/^\w*(?:PASSWORD|TOKEN)\w*=(\S+)$/gm)].map(([, text]) => text)
  expect(secrets.length).toBeGreaterThan(10)
  expect(new Set(secrets).size).toBe(secrets.length)
  expect(env()).toMatch(/^MAESTRO_MASTER_KEY=[0-9a-f]{64}$/m)
  expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600)
  expect(said).toContain(`/?token=${/^MAESTRO_TOKEN=(.*)$/m.exec(env())?.[1]}`)
})

test('a later run changes nothing, but adds what an older file does not know', () => {
  run()
  const first = env()
  run()
  expect(env()).toBe(first)
  const older = 'MAESTRO_TOKEN=mine-and-kept\nPORT=9000\n'
  writeFileSync(join(folder, '.env'), older)
  run()
  expect(env().startsWith(older)).toBe(true)
  expect(env()).toMatch(/^REDIS_PASSWORD=\S+$/m)
})
