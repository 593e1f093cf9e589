import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { followLog, openLog, rotateLog, tailLog } from './log-file.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-file-'))
  file = join(folder, 'a.log')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('reads only what came since, and only whole lines', () => {
  appendFileSync(file, 'old\n')
  const newLines = followLog(file)
  expect(newLines()).toEqual([])
  appendFileSync(file, 'one\ntw')
  expect(newLines()).toEqual(['one'])
  appendFileSync(file, 'o\n')
  expect(newLines()).toEqual(['two'])
})

test('a log that grew too large starts anew while its writer goes on, and keeps what was before', () => {
  const fd = openLog(file)
  writeSync(fd, 'before\n')
  rotateLog(file, 3)
  writeSync(fd, 'after\n')
  closeSync(fd)
  expect(readFileSync(file, 'utf8')).toBe('after\n')
  expect(readFileSync(`${file}.1`, 'utf8')).toBe('before\n')
  rotateLog(file, 100)
  expect(existsSync(`${file}.2`)).toBe(false)
})

test('goes on reading after the log has started anew', () => {
  const newLines = followLog(file)
  appendFileSync(file, 'a long line before\n')
  newLines()
  rotateLog(file, 3)
  appendFileSync(file, 'new\n')
  expect(newLines()).toEqual(['new'])
})

test('shows the last lines, of a long log too', () => {
  appendFileSync(file, Array.from({ length: 5_000 }, (_, index) => `line ${index}\n`).join(''))
  expect(tailLog(file, 2)).toBe('line 4998\nline 4999')
  expect(tailLog(join(folder, 'absent.log'))).toBe('')
})

test('a log is readable by its owner only', () => {
  closeSync(openLog(file))
  expect(statSync(file).mode & 0o777).toBe(0o600)
})
