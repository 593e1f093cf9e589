import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { readSourceVersion } from './source-version.ts'

test('another source is another version; a test beside it is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'source-version-'))
  try {
    const version = () => readSourceVersion([pathToFileURL(join(folder, 'fold.ts')).href])
    writeFileSync(join(folder, 'fold.ts'), 'export const fold = 1\n')
    writeFileSync(join(folder, 'evolve.ts'), 'export const evolve = 1\n')
    const first = await version()
    writeFileSync(join(folder, 'fold.test.ts'), 'test()\n')
    expect(await version()).toBe(first)
    writeFileSync(join(folder, 'evolve.ts'), 'export const evolve = 2\n')
    expect(await version()).not.toBe(first)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
