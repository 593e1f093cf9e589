import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { identify } from '../process/process-identity.ts'
import { lockHome } from './home-lock.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'home-lock-'))
})
afterEach(() => rmSync(home, { recursive: true }))

test('a second launcher is refused while the first one lives, and told what to do', () => {
  const leave = lockHome(home)
  expect(() => lockHome(home)).toThrow(
    `another Maestro (process ${process.pid}) is running on ${home}`,
  )
  leave()
  lockHome(home)()
  expect(readdirSync(home)).toEqual([])
})

test('the lock of a launcher that was killed is no lock', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' })
  await once(child, 'spawn')
  const identity = identify(child.pid ?? 0)
  writeFileSync(join(home, 'launcher.lock'), JSON.stringify(identity))
  expect(() => lockHome(home)).toThrow('another Maestro')
  child.kill('SIGKILL')
  await once(child, 'exit')
  lockHome(home)()
})

test('a pid that was given to somebody else since is no lock', () => {
  writeFileSync(join(home, 'launcher.lock'), JSON.stringify({ pid: process.pid, startedAt: '1' }))
  lockHome(home)()
  expect(existsSync(join(home, 'launcher.lock'))).toBe(false)
})

test('a lock that was cut short is no lock', () => {
  writeFileSync(join(home, 'launcher.lock'), '{"pid":')
  lockHome(home)()
})
