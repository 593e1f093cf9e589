import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const { resolve } = createRequire(import.meta.url)

/** What a fold depends on: the rules, and how events are read. */
const sources = ['@maestro/task-model/evolve', '@maestro/contracts/task/task-events']

/** Names the rules that fold here by their source: nobody has to remember to count a version up. */
export const readModelVersion = async (): Promise<string> => {
  const hash = createHash('sha256')
  for (const source of sources) {
    const folder = dirname(resolve(source))
    const names = await readdir(folder, { recursive: true })
    const rules = names.filter((name) => name.endsWith('.ts') && !name.includes('.test.'))
    for (const name of rules.toSorted())
      hash.update(`${name}\n`).update(await readFile(join(folder, name)))
  }
  return hash.digest('hex').slice(0, 16)
}
