import { endProcess } from '../process/end-process.ts'
import { isProcessIdentity, isRunning, type ProcessIdentity } from '../process/process-identity.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'

/** A database that was told to end needs this long at most. */
const GRACE_MS = 10_000

export type PidFile = {
  readonly put: (name: string, identity: ProcessIdentity) => void
  readonly pids: () => Readonly<Record<string, number>>
}

/** Remembers what was started, so that the next start can end what a crash has left. */
export const openPidFile = (file: string): PidFile => {
  const running = new Map<string, ProcessIdentity>()
  return {
    put: (name, identity) => {
      running.set(name, identity)
      writeJsonFile(file, Object.fromEntries(running))
    },
    pids: () => Object.fromEntries([...running].map(([name, { pid }]) => [name, pid])),
  }
}

/** Ends what an earlier launcher has left behind. Says how many there were. */
export const sweepLeftProcesses = async (file: string): Promise<number> => {
  const left = Object.values(readJsonFile(file) ?? {})
    .filter(isProcessIdentity)
    .filter(isRunning)
  await Promise.all(left.map((identity) => endProcess(identity, { graceMs: GRACE_MS })))
  return left.length
}
