import type { ServiceName } from '@maestro/nats-access/access-table'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LaunchFailure } from '../launch-failure.ts'
import type { SupervisedCommand } from '../process/supervise.ts'

/** Migrations of a big database and a busy machine included. */
const READY_TIMEOUT_MS = 60_000
const STOP_GRACE_MS = 10_000

const saysReady = (line: string): boolean => {
  if (!line.includes('"ready"')) return false
  try {
    const entry: unknown = JSON.parse(line)
    return typeof entry === 'object' && entry !== null && 'msg' in entry && entry.msg === 'ready'
  } catch {
    return false
  }
}

const answers = async (url: string): Promise<boolean> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

/** A copy is ready when its log says so since it was started; the gateway has to answer as well, in whatever health the others are. */
const createReadiness = (answerUrl: string | undefined): SupervisedCommand['isReady'] => {
  let readyPid: number | undefined
  return async ({ pid, newLines }) => {
    if (newLines.some(saysReady)) readyPid = pid
    if (readyPid !== pid) return false
    return answerUrl === undefined || answers(answerUrl)
  }
}

/**
 * MiB of short-lived objects before they are looked through. Node's own bound leaves what a start has made
 * lying there for as long as little happens. The others make many in a short time, and it pays there.
 */
const youngHeapMibMax: Partial<Record<ServiceName, number>> = {
  gateway: 8,
  scheduler: 4,
  timeline: 8,
}
const heapFlags = (service: ServiceName): readonly string[] => {
  const mib = youngHeapMibMax[service]
  return mib === undefined ? [] : [`--max-semi-space-size=${mib}`]
}

/** How one copy of a service is run: its TypeScript as it is, on the Node that runs us. */
export const serviceCommand = ({
  service,
  copyName,
  servicesFolder,
  env,
  logFile,
  answerUrl,
}: {
  service: ServiceName
  copyName: string
  servicesFolder: string
  env: Readonly<Record<string, string>>
  logFile: string
  answerUrl?: string | undefined
}): SupervisedCommand => {
  const folder = join(servicesFolder, service)
  if (!existsSync(join(folder, 'src', 'main.ts'))) {
    throw new LaunchFailure(
      `${folder} has no src/main.ts`,
      'The checkout is not complete: git status shows what is missing.',
    )
  }
  return {
    name: copyName,
    command: process.execPath,
    args: [...heapFlags(service), join(folder, 'src', 'main.ts')],
    env,
    cwd: folder,
    // Whoever loses the launcher also loses the servers: there is nothing left to finish for.
    deathSignal: 'KILL',
    stopSignal: 'SIGTERM',
    stopGraceMs: STOP_GRACE_MS,
    logFile,
    isReady: createReadiness(answerUrl),
    readyTimeoutMs: READY_TIMEOUT_MS,
  }
}
