import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

export type SystemUser = { readonly uid: number; readonly gid: number }

export type GuardedCommand = {
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd?: string
  /** Whom to run as; absent: as ourselves. */
  readonly user?: SystemUser | undefined
  /** Where stdout and stderr go: a file descriptor, or a pipe that the caller reads. */
  readonly output: number | 'pipe' | 'ignore'
  /** What the system sends to the child when this process dies without a word. */
  readonly deathSignal: 'TERM' | 'INT' | 'KILL'
}

const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))

/**
 * Starts a child that outlives neither a stop nor a kill -9 of this process. It is in a process group of its own, so
 * that a Ctrl-C in the terminal reaches only us and we decide who stops when.
 */
export const spawnGuarded = ({
  command,
  args,
  env,
  cwd,
  user,
  output,
  deathSignal,
}: GuardedCommand): ChildProcess => {
  const options = {
    env,
    detached: true,
    stdio: ['ignore', output, output] as ['ignore', typeof output, typeof output],
    ...(cwd === undefined ? {} : { cwd }),
  }
  // Off Linux there is no death signal; what is left then is swept at the next start.
  if (!setpriv) return spawn(command, args, { ...options, ...user })
  const drop = user ? ['--reuid', `${user.uid}`, '--regid', `${user.gid}`, '--clear-groups'] : []
  return spawn(setpriv, ['--pdeathsig', deathSignal, ...drop, '--', command, ...args], options)
}
