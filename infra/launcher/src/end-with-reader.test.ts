import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const endWithReader = join(import.meta.dirname, '..', 'end-with-reader.mjs')

test('a program whose reader has enough ends, and says nothing of it', async () => {
  const program = 'setInterval(() => console.log("x".repeat(65_536)), 1)'
  const child = spawn(process.execPath, ['--import', endWithReader, '--eval', program])
  let said = ''
  child.stderr.on('data', (data) => {
    said += String(data)
  })
  await once(child.stdout, 'data')
  child.stdout.destroy()
  expect([await once(child, 'close'), said]).toEqual([[0, null], ''])
})
