import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** What a JSON file of ours holds; nothing when it is absent or was cut short. */
export const readJsonFile = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Readable by its owner only, and never half written. */
export const writeJsonFile = (file: string, value: unknown): void => {
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
  renameSync(unfinished, file)
}
