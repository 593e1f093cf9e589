import type { TaskId } from '@maestro/contracts/ids'
import { bytesOfTicks } from '@maestro/contracts/timeline/packed-ticks'
import { LRUCache } from 'lru-cache'
import type { CatchUp } from '../history/catch-up.ts'
import type { HistoryStore } from '../history/history-store.ts'
import { createNameIndex, type NameIndex } from './name-index.ts'

/** Read and packed in one go: a few milliseconds, in which nobody else is served. */
const rowsPerPageMax = 2_000
/** Of a task that is new to us: one read of the orchestrator. */
const firstEvents = 1_000
/** A task of 100,000 events has some 400 kB. */
const cacheBytesMax = 64 * 1024 * 1024
const bytesPerName = 100

/** Every event of a task up to its head, each in a few bytes, see `packed-ticks`. */
export type PackedTicks = {
  head: number
  startAtMs: number
  kinds: readonly string[]
  steps: readonly string[]
  /** As base64. */
  packed: string
}
export type TicksOf = (taskId: TaskId) => Promise<PackedTicks>

type Kept = {
  head: number
  startAtMs: number
  /** When the last event was. */
  lastAtMs: number
  kinds: NameIndex
  steps: NameIndex
  bytes: Buffer
}

/**
 * Packs the ticks of tasks, and keeps them: history never changes, so that only what came since has to be packed. In
 * pages, between which others are served.
 * @throws {AppError} `NOT_FOUND`, `PRUNED`.
 */
export const createKeptTicks = ({
  history,
  catchUp,
}: {
  history: Pick<HistoryStore, 'head' | 'ticks'>
  catchUp: CatchUp
}): TicksOf => {
  const cache = new LRUCache<TaskId, Kept>({
    maxSize: cacheBytesMax,
    sizeCalculation: ({ bytes, steps }) => bytes.length + (steps.names.length + 10) * bytesPerName,
  })
  /** Who asks while they are packed goes on where that ends. */
  const turns = new Map<TaskId, Promise<unknown>>()

  const keptUpTo = (taskId: TaskId, head: number): Kept => {
    const known = cache.get(taskId)
    // Beyond the head: the database was lost meanwhile, and is filled again.
    if (known !== undefined && known.head <= head) return known
    const [kinds, steps] = [createNameIndex(), createNameIndex()]
    return { head: 0, startAtMs: 0, lastAtMs: 0, kinds, steps, bytes: Buffer.alloc(0) }
  }

  const growTo = async (taskId: TaskId, head: number): Promise<Kept> => {
    let kept = keptUpTo(taskId, head)
    const { kinds, steps } = kept
    const grown = [kept.bytes]
    while (kept.head < head) {
      const rows = await history.ticks({
        taskId,
        after: kept.head,
        to: head,
        limit: rowsPerPageMax,
      })
      const [first, last] = [rows[0], rows.at(-1)]
      if (first === undefined || last === undefined) break
      const startAtMs = kept.head === 0 ? first.atMs : kept.startAtMs
      const ticks = rows.map(({ atMs, type, stepId }) => ({
        atMs,
        kind: kinds.of(type),
        step: stepId === null ? -1 : steps.of(stepId),
      }))
      grown.push(Buffer.from(bytesOfTicks(ticks, kept.head === 0 ? startAtMs : kept.lastAtMs)))
      kept = { ...kept, head: last.seq, startAtMs, lastAtMs: last.atMs }
    }
    const whole = grown.length === 1 ? kept : { ...kept, bytes: Buffer.concat(grown) }
    cache.set(taskId, whole)
    return whole
  }

  const pack = async (taskId: TaskId): Promise<PackedTicks> => {
    const known = await history.head(taskId)
    // A task that the stream has not brought yet, or that there is none of: the orchestrator knows.
    const head = known.head > 0 ? known.head : (await catchUp(taskId, firstEvents)).head
    const { startAtMs, kinds, steps, bytes, head: packedHead } = await growTo(taskId, head)
    const packed = bytes.toString('base64')
    return { head: packedHead, startAtMs, kinds: [...kinds.names], steps: [...steps.names], packed }
  }

  return (taskId) => {
    const packing = (turns.get(taskId) ?? Promise.resolve()).then(() => pack(taskId))
    const turn = packing
      // Whoever asked hears of it; whoever comes next tries anew.
      .catch(() => undefined)
      .finally(() => {
        if (turns.get(taskId) === turn) turns.delete(taskId)
      })
    turns.set(taskId, turn)
    return packing
  }
}
