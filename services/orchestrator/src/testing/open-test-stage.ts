import type { TaskId } from '@maestro/contracts/ids'
import type { Tape, TapeChanges } from '@maestro/contracts/task/tape-endpoints'
import { connectNats } from '@maestro/service-kit/connect-nats'
import type { BornTask } from '@maestro/task-model/task'
import { startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { createGate } from '../reactor/gate.ts'
import { createTapeTask } from '../tape/tape-task.ts'
import { openTestReactor } from './open-test-reactor.ts'
import { openTestStore } from './open-test-store.ts'
import { startRouterPeer } from './router-peer.ts'

/** One copy that runs its tasks, on a bus and a database of their own, with a peer in the router's place. */
export const openTestStage = async () => {
  const bus = await startPrivateNats()
  const store = await openTestStore()
  const router = await startRouterPeer(await connectNats(bus.env('admin'), 'router'))
  const copy = store.openCopy('one')
  const reactor = await openTestReactor(copy, bus)
  const { payloads, registry } = reactor
  const tapeTask = createTapeTask({ events: copy.events, payloads, registry, gate: createGate(1) })
  const tapeOf = (taskId: TaskId, changes: TapeChanges = {}) => tapeTask({ taskId, changes })
  return {
    copy,
    router,
    payloads,
    registry,
    tapeOf,
    /** Of every task that was run here. */
    tapes: async (): Promise<readonly Tape[]> => {
      const rows = await copy.sql<{ taskId: TaskId }[]>`select task_id as "taskId" from tasks`
      return Promise.all(rows.map(({ taskId }) => tapeOf(taskId)))
    },
    stateOf: async (taskId: TaskId): Promise<BornTask> => {
      const task = (await copy.cache.refresh([taskId])).get(taskId)
      if (!task || task.status === 'unborn') throw new Error('no such task')
      return task
    },
    close: async () => {
      await reactor.stop()
      await router.stop()
      await store.close()
      await bus.stop()
    },
  }
}

export type TestStage = Awaited<ReturnType<typeof openTestStage>>
