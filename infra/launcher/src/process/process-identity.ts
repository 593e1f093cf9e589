import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A pid alone may have been given to another process since; with the time of its start it may not. */
export type ProcessIdentity = { readonly pid: number; readonly startedAt: string }

/** When the process was started (in the system's own words), or nothing when it does not run. A zombie does not run. */
const startOf = (pid: number): string | undefined => {
  if (process.platform === 'linux') {
    try {
      // The name in brackets may hold spaces and brackets: what counts comes after the last one.
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
    } catch {
      return undefined
    }
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}

export const identify = (pid: number): ProcessIdentity | undefined => {
  const startedAt = startOf(pid)
  return startedAt === undefined ? undefined : { pid, startedAt }
}

export const isRunning = ({ pid, startedAt }: ProcessIdentity): boolean =>
  startOf(pid) === startedAt

export const isProcessIdentity = (value: unknown): value is ProcessIdentity =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  typeof value.pid === 'number' &&
  'startedAt' in value &&
  typeof value.startedAt === 'string'
