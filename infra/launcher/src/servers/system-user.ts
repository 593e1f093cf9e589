import { readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { SystemUser } from '../process/spawn-guarded.ts'

/** Postgres refuses to run as root. `nobody` exists on every system; adding a user would not be ours to do. */
const findNobody = (): SystemUser => {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':')
    if (name === 'nobody') return { uid: Number(uid), gid: Number(gid) }
  }
  return { uid: 65_534, gid: 65_534 }
}

/** Whom a server that refuses root runs as; nothing when we are not root. */
export const userForServers = (): SystemUser | undefined =>
  process.getuid?.() === 0 ? findNobody() : undefined

const OTHERS_MAY_ENTER = 0o001

/** Can a stranger get to this folder? Every folder above it has to let others through. */
export const isReachableByOthers = (folder: string): boolean => {
  for (let at = folder; ; at = dirname(at)) {
    const stat = statSync(at, { throwIfNoEntry: false })
    if (stat && (stat.mode & OTHERS_MAY_ENTER) === 0) return false
    if (at === dirname(at)) return true
  }
}
