import type { TaskId } from '@maestro/contracts/ids'
import type { Tick } from '@maestro/contracts/timeline/timeline-endpoints'
import type { CatchUp } from '../history/catch-up.ts'
import type { HistoryStore } from '../history/history-store.ts'

export type TaskTimeline = { head: number; kinds: string[]; steps: string[]; ticks: Tick[] }
export type TimelineOf = (taskId: TaskId) => Promise<TaskTimeline>

/** Every event of a task as a packed tick. @throws {AppError} `NOT_FOUND`. */
export const createTaskTimeline =
  ({ history, catchUp }: { history: HistoryStore; catchUp: CatchUp }): TimelineOf =>
  async (taskId) => {
    const known = await history.head(taskId)
    // A task that the stream has not brought yet, or that there is none of: the orchestrator knows.
    const head = known.head > 0 ? known.head : (await catchUp(taskId, firstEvents)).head
    const [kinds, steps] = [createIndex(), createIndex()]
    const rows = await history.ticks(taskId, head)
    const ticks = rows.map(({ seq, atMs, type, stepId }): Tick => [
      seq,
      atMs,
      kinds.of(type),
      stepId === null ? -1 : steps.of(stepId),
    ])
    return { head, kinds: kinds.names, steps: steps.names, ticks }
  }

/** Of a task that is new to us: one read of the orchestrator. */
const firstEvents = 1_000

const createIndex = () => {
  const places = new Map<string, number>()
  const names: string[] = []
  return {
    names,
    of: (name: string): number => {
      const place = places.get(name) ?? names.length
      if (place === names.length) {
        places.set(name, place)
        names.push(name)
      }
      return place
    },
  }
}
