import { closeSync } from 'node:fs'
import { LaunchFailure } from '../launch-failure.ts'
import { endProcess } from './end-process.ts'
import { followLog, openLog, tailLog } from './log-file.ts'
import { identify, type ProcessIdentity } from './process-identity.ts'
import { afterDeath } from './restart-policy.ts'
import { type GuardedCommand, spawnGuarded } from './spawn-guarded.ts'
import { waitUntil } from './wait-until.ts'

export type SupervisedCommand = Omit<GuardedCommand, 'output'> & {
  /** Unique among what runs, e.g. `llm-router-2`. */
  readonly name: string
  readonly logFile: string
  /** Asked until it is true, with the lines that were logged since it was last asked. */
  readonly isReady: (state: {
    pid: number
    newLines: readonly string[]
  }) => boolean | Promise<boolean>
  readonly readyTimeoutMs: number
  readonly stopSignal: NodeJS.Signals
  readonly stopGraceMs: number
}

export type SupervisorNews =
  | { readonly kind: 'spawned'; readonly name: string; readonly identity: ProcessIdentity }
  | {
      readonly kind: 'died'
      readonly name: string
      readonly how: string
      readonly restartInMs: number
    }
  | {
      readonly kind: 'given up'
      readonly name: string
      readonly deaths: number
      readonly logFile: string
    }

export type StopOptions = { graceMs?: number; signal?: NodeJS.Signals }

export type Supervised = {
  readonly name: string
  /** Resolves when it is ready, also after a restart that is under way; rejects when it never comes up. */
  readonly untilReady: () => Promise<void>
  readonly identity: () => ProcessIdentity | undefined
  /** Ends the process without warning, as a crash would. It is restarted as after a crash. */
  readonly kill: () => Promise<void>
  readonly stop: (options?: StopOptions) => Promise<void>
}

/** Whoever waits sees the rejection; when nobody waits it is no crash of ours. */
const newReadiness = (): PromiseWithResolvers<void> => {
  const readiness = Promise.withResolvers<void>()
  readiness.promise.catch(() => undefined)
  return readiness
}

/** Starts a process and keeps it running until it is stopped. */
export const supervise = (
  command: SupervisedCommand,
  { onNews }: { onNews: (news: SupervisorNews) => void },
): Supervised => {
  const { name, logFile } = command
  let identity: ProcessIdentity | undefined
  let exited: Promise<unknown> = Promise.resolve()
  let ready = newReadiness()
  let isReadyNow = false
  let wasEverReady = false
  let isStopping = false
  let deaths = 0
  let isKilledByUs = false
  let restartTimer: NodeJS.Timeout | undefined

  const fail = (reason: string) =>
    ready.reject(
      new LaunchFailure(`${name} ${reason}`, `See its log: ${logFile}`, {
        logTail: tailLog(logFile),
      }),
    )

  const run = () => {
    const newLines = followLog(logFile)
    const fd = openLog(logFile)
    const child = spawnGuarded({ ...command, output: fd })
    closeSync(fd)
    const startedAtMs = performance.now()
    let hasEnded = false
    const ended = Promise.withResolvers<void>()
    exited = ended.promise
    const current = child.pid === undefined ? undefined : identify(child.pid)
    identity = current
    if (current) onNews({ kind: 'spawned', name, identity: current })

    const onEnd = (how: string) => {
      if (hasEnded) return
      hasEnded = true
      ended.resolve()
      identity = undefined
      if (isReadyNow) ready = newReadiness()
      isReadyNow = false
      if (isStopping) return
      const livedMs = performance.now() - startedAtMs
      // Whom we killed has not failed: however often that is done, it is no row of deaths.
      const next = afterDeath({ deaths: isKilledByUs ? 0 : deaths, livedMs, wasEverReady })
      isKilledByUs = false
      deaths = next.deaths
      if (next.verdict === 'give up') {
        if (wasEverReady) onNews({ kind: 'given up', name, deaths, logFile })
        fail(`ended ${deaths} times (${how})`)
        return
      }
      onNews({ kind: 'died', name, how, restartInMs: next.delayMs })
      restartTimer = setTimeout(run, next.delayMs)
    }
    child.once('error', (error) => onEnd(error.message))
    child.once('exit', (code, signal) => onEnd(signal ?? `code ${code}`))

    const watch = async () => {
      const pid = child.pid
      if (pid === undefined) return
      const became = await waitUntil(
        async () => hasEnded || (await command.isReady({ pid, newLines: newLines() })),
        { timeoutMs: command.readyTimeoutMs },
      )
      if (hasEnded || isStopping) return
      if (became) {
        isReadyNow = true
        wasEverReady = true
        ready.resolve()
      } else if (!wasEverReady) {
        fail(`was not ready within ${command.readyTimeoutMs / 1000} s`)
      }
    }
    watch().catch((error: unknown) => ready.reject(error))
  }

  run()

  return {
    name,
    untilReady: () => ready.promise,
    identity: () => identity,
    kill: async () => {
      if (!identity) return
      const gone = exited
      isKilledByUs = true
      process.kill(identity.pid, 'SIGKILL')
      await gone
    },
    stop: async ({ graceMs = command.stopGraceMs, signal = command.stopSignal } = {}) => {
      isStopping = true
      clearTimeout(restartTimer)
      ready.reject(new LaunchFailure(`${name} was stopped`, 'Start it again.'))
      if (!identity) return
      const gone = exited
      await endProcess(identity, { signal, graceMs })
      await gone
    },
  }
}
