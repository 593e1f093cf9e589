import { streams } from '@maestro/contracts/bus/streams'
import { connectNats } from '@maestro/service-kit/connect-nats'
import type { TestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { setTimeout as sleep } from 'node:timers/promises'
import { cpuMsOf } from '../budget/cpu-of.ts'
import { createHttpApi } from '../http-api.ts'
import { diamond } from './diamond.ts'

const tasks = 5_000
const createdAtOnce = 20
const watchMs = 10_000
/**
 * For what the last ones still cause, when all of their events have been heard. V8 goes through a heap that
 * was busy once more when it has been quiet for eight seconds, and again: that is what making them cost.
 */
const settleMs = 20_000
/** For all who hear events to come to the last one. */
const heardMsMax = 60_000

export type Waiting = { tasks: number; watchMs: number; idleCpuMs: number; waitingCpuMs: number }

/** Processor time of the orchestrator while it has nothing to do, without tasks and with thousands that wait for a person. */
export const measureWaiting = async (system: TestSystem): Promise<Waiting> => {
  const api = createHttpApi({ url: system.consoleUrl, token: system.token })
  const nats = await connectNats(system.natsEnv('admin'), 'bench')
  const manager = await nats.jetstreamManager()
  /** What others still do with new tasks, such as to price their plans, is not what tasks cost that wait. */
  const untilAllIsHeard = async () => {
    const deadline = Date.now() + heardMsMax
    for (;;) {
      const consumers = await manager.consumers.list(streams.events.name).next()
      const open = consumers.filter((one) => one.num_pending + one.num_ack_pending > 0)
      if (open.length === 0) return
      if (Date.now() > deadline) throw new Error(`${open[0]?.name} has not heard all events`)
      await sleep(200)
    }
  }
  const watch = async () => {
    await untilAllIsHeard()
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
  const waitingCpuMs = await watch()
  await nats.close()
  return { tasks, watchMs, idleCpuMs, waitingCpuMs }
}
