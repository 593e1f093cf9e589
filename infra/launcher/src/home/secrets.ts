import { randomBytes } from 'node:crypto'
import { readJsonFile, writeJsonFile } from './json-file.ts'

export type SecretOf = (name: string) => string

/** Passwords and the owner's token: made when first asked for, and the same ever after. */
export const openSecrets = (file: string): SecretOf => {
  const stored = readJsonFile(file)
  const secrets = new Map<string, string>(
    Object.entries(stored ?? {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  )
  return (name) => {
    const known = secrets.get(name)
    if (known !== undefined) return known
    const made = randomBytes(24).toString('hex')
    secrets.set(name, made)
    writeJsonFile(file, Object.fromEntries(secrets))
    return made
  }
}
