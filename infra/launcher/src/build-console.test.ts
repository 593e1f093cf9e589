import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isConsoleCurrent } from './build-console.ts'

let root: string
let stamp: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'build-console-'))
  stamp = join(root, 'dist.built')
})
afterEach(() => rmSync(root, { recursive: true }))

const write = (path: string, atSeconds: number) => {
  const file = join(root, path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, '')
  utimesSync(file, atSeconds, atSeconds)
  utimesSync(join(file, '..'), atSeconds, atSeconds)
}

test('is built when it was never built, and again when a source of it changed', () => {
  write('apps/web/src/main.tsx', 1_000)
  expect(isConsoleCurrent(root, stamp)).toBe(false)
  write('dist.built', 2_000)
  expect(isConsoleCurrent(root, stamp)).toBe(true)
  write('libs/contracts/src/task/task-events.ts', 3_000)
  expect(isConsoleCurrent(root, stamp)).toBe(false)
})
