import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Names code by its source: whatever lies in the folders of `modules` and is no test. What was
 * computed by other code can then be told from what this code would compute, and nobody has to
 * remember to count a version up.
 */
export const readSourceVersion = async (modules: readonly string[]): Promise<string> => {
  const hash = createHash('sha256')
  for (const module of modules) {
    const folder = dirname(fileURLToPath(module))
    const names = await readdir(folder, { recursive: true })
    const sources = names.filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
    for (const name of sources.toSorted())
      hash.update(`${name}\n`).update(await readFile(join(folder, name)))
  }
  return hash.digest('hex').slice(0, 16)
}
