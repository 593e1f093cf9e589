import type { Placed } from './stitch.ts'

/** Events are held and let go so many at a time. */
export const eventsPerPage = 500

/** The page of an event, from 0. */
export const pageOf = (seq: number): number => Math.floor((seq - 1) / eventsPerPage)

/**
 * Events of a task by their place, of a long one never all.
 * P1: no more than `pagesMax` pages are held; the one that was longest neither written nor touched goes first.
 */
export type EventPages<Event extends Placed> = {
  put: (events: readonly Event[]) => void
  get: (seq: number) => Event | undefined
  /** The first event from `from` to `to` that is not here; null when all of them are. */
  missingIn: (from: number, to: number) => number | null
  /** Somebody looks at this event: its page stays. */
  touch: (seq: number) => void
  /** How many are here. */
  count: () => number
}

export const createEventPages = <Event extends Placed>(pagesMax: number): EventPages<Event> => {
  // In the order in which they were last used.
  const pages = new Map<number, Map<number, Event>>()

  const use = (number: number): Map<number, Event> | undefined => {
    const page = pages.get(number)
    if (page === undefined) return undefined
    pages.delete(number)
    pages.set(number, page)
    return page
  }
  const letGo = () => {
    for (const number of pages.keys()) {
      if (pages.size <= pagesMax) return
      pages.delete(number)
    }
  }
  const get = (seq: number) => pages.get(pageOf(seq))?.get(seq)

  return {
    put: (events) => {
      for (const event of events) {
        const number = pageOf(event.seq)
        const page = use(number) ?? new Map<number, Event>()
        if (page.size === 0) pages.set(number, page)
        if (!page.has(event.seq)) page.set(event.seq, event)
      }
      letGo()
    },
    get,
    missingIn: (from, to) => {
      for (let seq = from; seq <= to; seq += 1) if (get(seq) === undefined) return seq
      return null
    },
    touch: (seq) => void use(pageOf(seq)),
    count: () => [...pages.values()].reduce((sum, { size }) => sum + size, 0),
  }
}
