import { setTimeout as sleep } from 'node:timers/promises'
import { cpuMsOf } from '../budget/cpu-of.ts'

const lookEveryMs = 500
/** A tenth of a processor; what is idle needs a fiftieth. */
const quietCpuMsMax = 50
const waitMsMax = 60_000

/** Resolves when a process has nothing to do any more, such as what a relay looks through at its start. */
export const untilQuiet = async (pid: number): Promise<void> => {
  const deadline = Date.now() + waitMsMax
  for (let before = cpuMsOf(pid); ;) {
    await sleep(lookEveryMs)
    const now = cpuMsOf(pid)
    if (now - before <= quietCpuMsMax) return
    if (Date.now() > deadline) throw new Error('it does not come to rest')
    before = now
  }
}
