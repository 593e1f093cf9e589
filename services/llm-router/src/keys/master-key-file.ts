import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type MasterKey, masterKeyAdvice, readMasterKey } from './master-key.ts'

/** @throws {Error} when the file holds no master key: a new one in its place would make every kept key unreadable. */
export const readMasterKeyFile = async (file: string): Promise<MasterKey | null> => {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw new Error(`The master key cannot be read from ${file}.`, { cause: error })
  }
  const key = readMasterKey(text)
  if (key === null)
    throw new Error(`${file} holds no master key. ${masterKeyAdvice} Bring it back from a backup.`)
  return key
}

/**
 * The master key of a file, which is made when it is not there. Workers that start together agree: the
 * file appears whole under its name or not at all, and whoever comes second reads what the first one made.
 */
export const ensureMasterKeyFile = async (file: string): Promise<MasterKey> => {
  const present = await readMasterKeyFile(file)
  if (present !== null) return present
  const unfinished = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  await mkdir(dirname(file), { recursive: true })
  try {
    const handle = await open(unfinished, 'wx', 0o600)
    try {
      await handle.writeFile(`${randomBytes(32).toString('base64')}\n`)
      // Keys will be sealed with it: it must outlive a loss of power that they outlive.
      await handle.sync()
    } finally {
      await handle.close()
    }
    // Unlike a rename, a link never takes the place of a file that is there.
    await link(unfinished, file).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
    await syncFolder(dirname(file))
  } finally {
    await rm(unfinished, { force: true })
  }
  const made = await readMasterKeyFile(file)
  if (made === null) throw new Error(`The master key vanished from ${file}.`)
  return made
}

const syncFolder = async (folder: string) => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined
