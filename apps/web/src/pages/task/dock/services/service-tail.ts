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
  readonly isReadingOlder: boolean
  /** More came than could be joined to what is shown, which stays as long as somebody reads it. */
  readonly hasNewer: boolean
  /** Why the last question got no answer; what is shown stays. */
  readonly error: unknown
}

/** Reads a page, newest first. */
export type ReadServicePage = (range: { from?: string; cursor?: string }) => Promise<ServicePage>

export type ServiceTail = {
  readonly view: StoreApi<ServiceView>
  /** What came since; of somebody who follows the newest lines, those, wherever they are. The first time: the newest. */
  refresh: (how: { follows: boolean }) => Promise<void>
  readOlder: () => Promise<void>
}

/** More than anybody scrolls through; a filter shows what lies beyond. */
export const linesShownMax = 5_000
/** Processes send once a second, and again after ten when the bus was away: a line may come behind younger ones. */
const lateMs = 15_000
/** A busy task says more between two questions than one page holds. */
const pagesPerRefresh = 5

/** The lines of a task at one filter, as they are read page by page and as they come. */
export const createServiceTail = (read: ReadServicePage): ServiceTail => {
  const view = createStore<ServiceView>(() => ({
    lines: null,
    olderCursor: null,
    pruned: null,
    isReadingOlder: false,
    hasNewer: false,
    error: null,
  }))
  let isRefreshing = false

  const ask = async (work: () => Promise<Partial<ServiceView>>) => {
    try {
      view.setState({ ...(await work()), error: null })
    } catch (error) {
      view.setState({ error })
    }
  }
  const newestPage = async (): Promise<Partial<ServiceView>> => {
    const { items, nextCursor, pruned } = await read({})
    return { lines: items.toReversed(), olderCursor: nextCursor, pruned, hasNewer: false }
  }
  /** `isJoined`: nothing is missing between them and that line. */
  const cameSince = async ({ at }: LogLine, pagesMax: number) => {
    const from = new Date(Date.parse(at) - lateMs).toISOString()
    const first = await read({ from })
    const items = [...first.items]
    let cursor = first.nextCursor
    for (let pages = 1; cursor !== null && pages < pagesMax; pages += 1) {
      const page = await read({ from, cursor })
      items.push(...page.items)
      cursor = page.nextCursor
    }
    return { items: items.toReversed(), pruned: first.pruned, isJoined: cursor === null }
  }
  const newer = async (follows: boolean): Promise<Partial<ServiceView>> => {
    const { lines: asked, hasNewer } = view.getState()
    const newest = asked?.at(-1)
    if (newest === undefined) return newestPage()
    if (hasNewer && !follows) return {}
    const { items, pruned, isJoined } = await cameSince(newest, follows ? pagesPerRefresh : 1)
    // Older ones may have come meanwhile.
    const known = view.getState().lines ?? []
    const lines = merge(known, items)
    if (isJoined && lines.length === known.length) return { pruned, hasNewer: false }
    if (isJoined && known.length <= linesShownMax) return { pruned, hasNewer: false, lines }
    return follows ? newestPage() : { hasNewer: true }
  }

  return {
    view,
    refresh: async ({ follows }) => {
      if (isRefreshing) return
      isRefreshing = true
      await ask(() => newer(follows))
      isRefreshing = false
    },
    readOlder: async () => {
      const { lines: shown, olderCursor, isReadingOlder } = view.getState()
      if (isReadingOlder || olderCursor === null || (shown?.length ?? 0) >= linesShownMax) return
      view.setState({ isReadingOlder: true })
      await ask(async () => {
        const { items, nextCursor, pruned } = await read({ cursor: olderCursor })
        const { lines, olderCursor: cursor } = view.getState()
        // It began again at the newest meanwhile: between these and those there would be a hole.
        if (lines === null || cursor !== olderCursor) return {}
        return { lines: merge(items.toReversed(), lines), olderCursor: nextCursor, pruned }
      })
      view.setState({ isReadingOlder: false })
    },
  }
}

/** Both in the order of time, each line once. */
const merge = (one: readonly LogLine[], other: readonly LogLine[]): readonly LogLine[] => {
  const byId = new Map([...one, ...other].map((line) => [line.id, line]))
  return [...byId.values()].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
}
