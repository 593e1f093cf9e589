import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { ServiceName } from '@maestro/contracts/endpoint'

const services = fileURLToPath(new URL('../../../../services/', import.meta.url))
const readyMsMax = 60_000

export type ServiceProcess = {
  readonly pid: number
  /** What it logged, one JSON object a line. */
  readonly log: readonly string[]
  /** Ends it as a crash would. */
  readonly kill9: () => Promise<void>
  /** Ends it as a terminal would, and waits until it is gone. */
  readonly stop: () => Promise<void>
}

/** Runs a service as it runs in production, with `env` as its whole environment. @throws {Error} with its log when it does not get ready. */
export const startServiceProcess = async (
  service: ServiceName,
  env: Readonly<Record<string, string>>,
): Promise<ServiceProcess> => {
  const child = spawn(process.execPath, [`${services}${service}/src/main.ts`], {
    env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  const exited = once(child, 'exit')
  // A test run that is cut off must not leave it behind.
  const endWithUs = () => child.kill('SIGKILL')
  process.once('exit', endWithUs)
  void exited.then(() => process.off('exit', endWithUs))
  createInterface({ input: child.stderr }).on('line', (line) => log.push(line))
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string) =>
      reject(new Error(`${service} ${why}:\n${log.slice(-20).join('\n')}`))
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      fail('did not get ready in time')
    }, readyMsMax)
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.push(line)
      if (!line.includes('"msg":"ready"')) return
      clearTimeout(timer)
      resolve()
    })
    void exited.then(() => {
      clearTimeout(timer)
      fail('ended before it was ready')
    })
  })
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal)
    await exited
  }
  return {
    pid: child.pid ?? 0,
    log,
    kill9: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}
