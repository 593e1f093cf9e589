import { createHash } from 'node:crypto'
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { LaunchFailure } from '../launch-failure.ts'
import type { SystemUser } from '../process/spawn-guarded.ts'
import { binariesIn, type PostgresBinaries } from './postgres-binaries.ts'
import { isReachableByOthers } from './system-user.ts'

/** Survives a reboot, and everyone may pass through it. */
const OPEN_FOLDER = '/var/tmp'

const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 12)

/** A folder of ours under one that is open to all: whoever may have made it before us must be us. */
const ownFolderIn = (name: string): string => {
  const folder = join(OPEN_FOLDER, name)
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const stat = lstatSync(folder)
  if (stat.isDirectory() && stat.uid === process.getuid?.()) return folder
  throw new LaunchFailure(`${folder} belongs to somebody else`, 'Remove it, or set POSTGRES_URL.')
}

/** Binaries that the server's user can read: copied when ours lie in a closed folder (as below /root). */
export const reachableBinaries = (
  found: PostgresBinaries,
  user: SystemUser | undefined,
): PostgresBinaries => {
  if (!user || found.bundle === undefined || isReachableByOthers(found.bundle)) return found
  const { mtimeMs } = statSync(found.postgres)
  const copy = join(
    ownFolderIn(`maestro-${process.getuid?.()}`),
    `postgres-${shortHash(`${found.bundle} ${mtimeMs}`)}`,
  )
  if (!existsSync(copy)) {
    const unfinished = `${copy}.${process.pid}`
    cpSync(found.bundle, unfinished, { recursive: true, verbatimSymlinks: true })
    renameSync(unfinished, copy)
  }
  return { bundle: copy, ...binariesIn(join(copy, 'bin')) }
}

/** Where the data lie. Behind a closed folder there is only a link, and the data lie where the server's user gets. */
export const reachableDataFolder = (wanted: string, user: SystemUser | undefined): string => {
  const stat = lstatSync(wanted, { throwIfNoEntry: false })
  if (stat?.isSymbolicLink()) return readlinkSync(wanted)
  if (!user || isReachableByOthers(dirname(wanted))) return wanted
  if (stat) {
    throw new LaunchFailure(
      `Postgres runs as another user than root and may not enter ${dirname(wanted)}`,
      `Open the way: chmod o+x on ${dirname(wanted)} and on the folders above it.`,
    )
  }
  const elsewhere = join(ownFolderIn(`maestro-${process.getuid?.()}`), `data-${shortHash(wanted)}`)
  symlinkSync(elsewhere, wanted)
  return elsewhere
}

export const giveTo = (folder: string, user: SystemUser | undefined): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (user) chownSync(folder, user.uid, user.gid)
}
