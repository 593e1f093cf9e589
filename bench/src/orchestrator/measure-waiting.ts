import type { TestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { setTimeout as sleep } from 'node:timers/promises'
import { cpuMsOf } from '../budget/cpu-of.ts'
import { createHttpApi } from '../http-api.ts'
import { diamond } from './diamond.ts'

const tasks = 5_000
const createdAtOnce = 20
const watchMs = 10_000
/** For what the last ones still cause: their events are published and read. */
const settleMs = 5_000

export type Waiting = { tasks: number; watchMs: number; idleCpuMs: number; waitingCpuMs: number }

/** Processor time of the orchestrator while it has nothing to do, without tasks and with thousands that wait for a person. */
export const measureWaiting = async (system: TestSystem): Promise<Waiting> => {
  const api = createHttpApi({ url: system.consoleUrl, token: system.token })
  const watch = async () => {
    await sleep(settleMs)
    const pid = system.pids()['orchestrator-1'] ?? 0
    const before = cpuMsOf(pid)
    await sleep(watchMs)
    return cpuMsOf(pid) - before
  }
  const idleCpuMs = await watch()
  let begun = 0
  const create = async () => {
    while (begun < tasks) {
      begun += 1
      await api.createTask({
        goal: 'Ten steps, each of which asks first.',
        options: { autonomy: 'approve-steps', providers: ['groq'] },
        plan: diamond,
      })
    }
  }
  await Promise.all(Array.from({ length: createdAtOnce }, create))
  return { tasks, watchMs, idleCpuMs, waitingCpuMs: await watch() }
}
