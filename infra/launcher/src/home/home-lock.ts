import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaunchFailure } from '../launch-failure.ts'
import {
  identify,
  isProcessIdentity,
  isRunning,
  type ProcessIdentity,
} from '../process/process-identity.ts'
import { readJsonFile } from './json-file.ts'

const readOwner = (file: string): ProcessIdentity | undefined => {
  const value = readJsonFile(file)
  return isProcessIdentity(value) ? value : undefined
}

const refuse = (home: string, owner: ProcessIdentity): never => {
  throw new LaunchFailure(
    `another Maestro (process ${owner.pid}) is running on ${home}`,
    `Use that one, stop it (kill ${owner.pid}), or give this one a folder of its own: MAESTRO_HOME=… npm start`,
  )
}

/**
 * One launcher at a time works on a data folder. Hands back how to leave it again.
 * @throws {LaunchFailure} when another one that is alive has it.
 */
export const lockHome = (home: string): (() => void) => {
  mkdirSync(home, { recursive: true })
  const file = join(home, 'launcher.lock')
  const candidate = `${file}.${process.pid}`
  writeFileSync(candidate, JSON.stringify(identify(process.pid)), { mode: 0o600 })
  try {
    for (;;) {
      try {
        // A link appears whole or not at all, and never replaces what is there.
        linkSync(candidate, file)
        return () => {
          if (readOwner(file)?.pid === process.pid) rmSync(file, { force: true })
        }
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      }
      const owner = readOwner(file)
      if (owner && isRunning(owner)) refuse(home, owner)
      removeStale(file, home)
    }
  } finally {
    rmSync(candidate, { force: true })
  }
}

/** Moves the left lock away before looking at it again: two who find it at once must not remove each other's new one. */
const removeStale = (file: string, home: string): void => {
  const aside = `${file}.stale.${process.pid}`
  try {
    renameSync(file, aside)
  } catch {
    return
  }
  const owner = readOwner(aside)
  if (owner && isRunning(owner)) {
    linkSync(aside, file)
    rmSync(aside, { force: true })
    refuse(home, owner)
  }
  rmSync(aside, { force: true })
}
