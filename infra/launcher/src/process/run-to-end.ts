import { type GuardedCommand, spawnGuarded } from './spawn-guarded.ts'

/** The last part of what a command says is enough to tell what went wrong. */
const OUTPUT_CHARACTERS_MAX = 8_000

export type Ended = { readonly code: number | null; readonly output: string }

/** Runs a command to its end and keeps the end of its output. */
export const runToEnd = async (
  command: Omit<GuardedCommand, 'output' | 'deathSignal'> & { timeoutMs: number },
): Promise<Ended> => {
  const child = spawnGuarded({ ...command, output: 'pipe', deathSignal: 'KILL' })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS_MAX)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const timer = setTimeout(() => child.kill('SIGKILL'), command.timeoutMs)
  const ended = await new Promise<Ended>((resolve) => {
    child.once('error', (error) => resolve({ code: null, output: `${output}${error.message}` }))
    child.once('close', (code) => resolve({ code, output }))
  })
  clearTimeout(timer)
  return ended
}
