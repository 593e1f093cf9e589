import type { LogLine } from '@maestro/contracts/timeline/log-endpoints'
import { createStore, type StoreApi } from 'zustand/vanilla'

export type ServicePage = {
  items: readonly LogLine[]
  nextCursor: string | null
  pruned: { before: string; lines: number } | null
}

export type ServiceView = {
  /** From the oldest to the newest; null until the first answer. */
  readonly lines: readonly LogLine[] | null
  /** Where older lines go on; null: there are none. */
  readonly olderCursor: string | null
  readonly pruned: ServicePage['pruned']
  readonly isBusy: boolean
  /** Why the last question got no answer; what is shown stays. */
  readonly error: unknown
}

/** Reads a page, newest first. */
export type ReadServicePage = (range: { from?: string; cursor?: string }) => Promise<ServicePage>

export type ServiceTail = {
  readonly view: StoreApi<ServiceView>
  /** What came since. The first time: the newest lines. */
  refresh: () => Promise<void>
  readOlder: () => Promise<void>
}

/** More than anybody scrolls through; a filter shows what lies beyond. */
export const linesShownMax = 5_000
/** Processes send once a second, and again after ten when the bus was away: a line may come behind younger ones. */
const lateMs = 15_000

/** The lines of a task at one filter, as they are read page by page and as they come. */
export const createServiceTail = (read: ReadServicePage): ServiceTail => {
  const view = createStore<ServiceView>(() => ({
    lines: null,
    olderCursor: null,
    pruned: null,
    isBusy: false,
    error: null,
  }))

  const ask = async (work: () => Promise<Partial<ServiceView>>) => {
    if (view.getState().isBusy) return
    view.setState({ isBusy: true })
    try {
      view.setState({ ...(await work()), error: null, isBusy: false })
    } catch (error) {
      view.setState({ error, isBusy: false })
    }
  }
  const newestPage = async (): Promise<Partial<ServiceView>> => {
    const { items, nextCursor, pruned } = await read({})
    return { lines: items.toReversed(), olderCursor: nextCursor, pruned }
  }

  return {
    view,
    refresh: () =>
      ask(async () => {
        const known = view.getState().lines
        const newest = known?.at(-1)
        if (known === null || newest === undefined) return newestPage()
        const from = new Date(Date.parse(newest.at) - lateMs).toISOString()
        const { items, nextCursor, pruned } = await read({ from })
        // More came than one page holds, or more is here than is shown: begin again at the newest.
        if (nextCursor !== null || known.length > linesShownMax) return newestPage()
        const lines = merge(known, items.toReversed())
        return { pruned, ...(lines.length === known.length ? {} : { lines }) }
      }),

    readOlder: () =>
      ask(async () => {
        const { lines, olderCursor } = view.getState()
        if (lines === null || olderCursor === null || lines.length >= linesShownMax) return {}
        const { items, nextCursor, pruned } = await read({ cursor: olderCursor })
        return { lines: merge(items.toReversed(), lines), olderCursor: nextCursor, pruned }
      }),
  }
}

/** Both in the order of time, each line once. */
const merge = (one: readonly LogLine[], other: readonly LogLine[]): readonly LogLine[] => {
  const byId = new Map([...one, ...other].map((line) => [line.id, line]))
  return [...byId.values()].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
