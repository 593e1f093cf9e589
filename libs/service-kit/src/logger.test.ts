import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'

const program = `
  import { createLogger } from '${join(import.meta.dirname, 'logger.ts')}'
  const log = createLogger({ service: 'test', copy: 'test-1', level: 'info' })
  for (let turn = 0; turn < 20; turn += 1) {
    for (let line = 0; line < 100; line += 1) log.info({ text: 'x'.repeat(1_000) }, 'a line')
    await new Promise((resolve) => setImmediate(resolve))
  }
  process.stderr.write('still here')
  process.exit(0)
`

test('a line is collected as it is written, from level info on, and holds nothing of the one before', () => {
  const collected: string[] = []
  const log = createLogger({
    service: 'test',
    copy: 'test-1',
    level: 'debug',
    collect: (line) => collected.push(line),
  })
  log.debug({ detail: 1 }, 'not collected')
  log.warn({ password: 'open sesame' }, 'first')
  log.info('second')
  expect(collected.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ level: 40, msg: 'first', password: '[masked]', service: 'test' }),
    { level: 30, time: expect.any(String), service: 'test', copy: 'test-1', msg: 'second' },
  ])
})

test('a full disk takes the log, but not the service', async () => {
  // Every write to this device fails as on a full disk.
  const full = openSync('/dev/full', 'w')
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', full, 'pipe'],
  })
  closeSync(full)
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  await once(child, 'exit')
  expect(said).toContain('still here')
})
