import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const mainOf = (benchmark: 'router' | 'orchestrator') =>
  fileURLToPath(new URL(`../${benchmark}-emulator-main.ts`, import.meta.url))

/** A question has reached the provider, by the wall clock. */
export type QuestionSeen = { question: string; atMs: number }

export type EmulatorProcess = {
  readonly url: string
  readonly pid: number
  /** Tells of every question from now on; null: of none. */
  readonly tell: (listener: ((seen: QuestionSeen) => void) | null) => void
  readonly stop: () => void
}

export const startEmulatorProcess = (
  benchmark: 'router' | 'orchestrator' = 'router',
): Promise<EmulatorProcess> =>
  new Promise((resolve, reject) => {
    const child = fork(mainOf(benchmark), {
      env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1' },
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the emulator ended with ${code}`)))
    let listener: ((seen: QuestionSeen) => void) | null = null
    child.on('message', (message: { url: string } | QuestionSeen) => {
      if ('question' in message) {
        listener?.(message)
        return
      }
      resolve({
        url: message.url,
        pid: child.pid ?? 0,
        tell: (wanted) => {
          listener = wanted
          child.send(wanted !== null)
        },
        stop: () => child.disconnect(),
      })
    })
  })
