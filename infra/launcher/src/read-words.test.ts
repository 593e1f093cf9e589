import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'

// Processes of Node on a machine that does other things as well.
vi.setConfig({ testTimeout: 60_000 })

const root = join(import.meta.dirname, '..', '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'maestro-words-'))
const home = join(folder, 'home')
afterAll(() => rmSync(folder, { recursive: true }))

/** A script that starts what it should not is ended, and has no exit code then. */
const run = (script: string, ...words: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'infra', 'launcher', script), ...words], {
    env: { PATH: process.env['PATH'], MAESTRO_HOME: home, PORT: '0' },
    timeout: 20_000,
    encoding: 'utf8',
  })

test.each([
  ['start.mjs', '--help', 'MAESTRO_HOME'],
  ['start.mjs', '-h', 'NATS_URL'],
  ['test.mjs', '--help', 'test:unit'],
  ['verify.mjs', '--help', 'TEST_POSTGRES_URL'],
  ['bench.mjs', '--help', 'npm run bench'],
])('%s %s says how it is used and does nothing else', (script, word, said) => {
  const { status, stdout, stderr } = run(script, word)
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain(said)
  expect(existsSync(home)).toBe(false)
})

test.each([
  ['start.mjs', ['--port', '8081'], '✗ npm start does not know --port, 8081'],
  ['test.mjs', ['lint', 'lints'], '✗ npm test does not know lints'],
  ['bench.mjs', ['fast'], '✗ npm run bench does not know fast'],
])('%s refuses %j before it does anything, and says how it is used', (script, words, said) => {
  const { status, stdout, stderr } = run(script, ...words)
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toContain(said)
  expect(stderr).toMatch(/npm (start|test|run bench) {2,}\S/)
  expect(existsSync(home)).toBe(false)
})

test('every variable that a usage names is explained in the operations manual', () => {
  const manual = readFileSync(join(root, 'docs', 'operations.md'), 'utf8')
  for (const script of ['start.mjs', 'test.mjs']) {
    const names = run(script, '--help').stdout.match(/\b[A-Z]+(?:_[A-Z]+)+\b/g) ?? []
    expect(names.length).toBeGreaterThan(3)
    for (const name of names) expect(manual, `${name} of ${script}`).toContain(`\`${name}\``)
  }
})
