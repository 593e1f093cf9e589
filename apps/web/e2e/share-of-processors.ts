import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

const worked = (): { busyMs: number; allMs: number } => {
  let [busyMs, allMs] = [0, 0]
  for (const { times } of cpus()) {
    const all = times.user + times.nice + times.sys + times.irq + times.idle
    busyMs += all - times.idle
    allMs += all
  }
  return { busyMs, allMs }
}

/** How much of all processors is in use, 0 to 1, looked at for so long. A load average tells of minutes that are over. */
export const shareOfProcessors = async (ms: number): Promise<number> => {
  const before = worked()
  await sleep(ms)
  const after = worked()
  return (after.busyMs - before.busyMs) / Math.max(1, after.allMs - before.allMs)
}
