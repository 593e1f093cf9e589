import { isRunning, type ProcessIdentity } from './process-identity.ts'
import { waitUntil } from './wait-until.ts'

/** Asks a process to end, then ends it. */
export const endProcess = async (
  identity: ProcessIdentity,
  { signal = 'SIGTERM', graceMs }: { signal?: NodeJS.Signals; graceMs: number },
): Promise<void> => {
  const send = (name: NodeJS.Signals) => {
    if (!isRunning(identity)) return
    try {
      process.kill(identity.pid, name)
    } catch {
      // It ended between the question and the signal.
    }
  }
  send(signal)
  if (await waitUntil(() => !isRunning(identity), { timeoutMs: graceMs })) return
  send('SIGKILL')
  await waitUntil(() => !isRunning(identity), { timeoutMs: 5_000 })
}
