import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { descriptions } from './descriptions.ts'

const folder = fileURLToPath(new URL('../../../docs/api', import.meta.url))

const presentNames = async (): Promise<string[]> => {
  const found = await readdir(folder, { recursive: true }).catch(() => [])
  return found.filter((name) => name.endsWith('.json')).sort()
}

/** Names of files that are missing, differ from the contracts, or have no contract any more. */
export const staleFiles = async (): Promise<string[]> => {
  const wanted = descriptions()
  const stale = (await presentNames()).filter((name) => !wanted.has(name))
  for (const [name, text] of wanted) {
    const present = await readFile(join(folder, name), 'utf8').catch(() => null)
    if (present !== text) stale.push(name)
  }
  return stale.sort()
}

/** Writes what is stale. Returns the names. */
export const rewriteFiles = async (): Promise<string[]> => {
  const wanted = descriptions()
  const stale = await staleFiles()
  for (const name of stale) {
    const path = join(folder, name)
    const text = wanted.get(name)
    await mkdir(dirname(path), { recursive: true })
    await (text === undefined ? rm(path) : writeFile(path, text))
  }
  return stale
}
