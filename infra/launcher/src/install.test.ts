import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

// Each installation is an npm on a machine that does other things as well.
vi.setConfig({ testTimeout: 60_000 })

const launcher = join(import.meta.dirname, '..')
let clone: string

/** A project with one package of its own: nothing of it is asked for at a registry. */
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'maestro-install-'))
  mkdirSync(join(clone, 'infra', 'launcher'), { recursive: true })
  mkdirSync(join(clone, 'libs', 'one'), { recursive: true })
  cpSync(join(launcher, 'install.mjs'), join(clone, 'infra', 'launcher', 'install.mjs'))
  write('package.json', { name: 'project', version: '1.0.0', workspaces: ['libs/*'] })
  write('libs/one/package.json', { name: 'one', version: '1.0.0' })
})
afterEach(() => rmSync(clone, { recursive: true }))

const write = (file: string, content: unknown) =>
  writeFileSync(join(clone, file), JSON.stringify(content))

const install = () =>
  execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      "await (await import('./infra/launcher/install.mjs')).install()",
    ],
    { cwd: clone },
  ).toString()

test('what is missing is installed, and a lock file that npm would write otherwise stays as it was', () => {
  // An npm that may write adds the package of our own to this.
  write('package-lock.json', { name: 'project', lockfileVersion: 3, packages: {} })
  const before = readFileSync(join(clone, 'package-lock.json'), 'utf8')
  expect(install()).toContain('installed in')
  expect(existsSync(join(clone, 'node_modules', 'one', 'package.json'))).toBe(true)
  expect(readFileSync(join(clone, 'package-lock.json'), 'utf8')).toBe(before)
})

test('a second time costs nothing, until a manifest has changed', () => {
  install()
  expect(install()).toBe('')
  write('libs/one/package.json', { name: 'one', version: '1.0.1' })
  expect(install()).toContain('installed in')
})
