import type { TaskEventAt } from './task-event-at.ts'

/** More than this is not held, whatever the facts are: a browser would slow down. */
export const toldMax = 400_000

/**
 * What one view needs of every event of a task, and nothing else of it: small enough to be held for all of a long one.
 * F1: facts stand in the order of the events; of each event there is at most one, whatever came twice.
 */
export const createFactList = <Fact>({
  pick,
  eventAt,
}: {
  pick: (event: TaskEventAt) => Fact | null
  /** An event that is here. */
  eventAt: (seq: number) => TaskEventAt | undefined
}) => {
  const seqs: number[] = []
  const facts: Fact[] = []
  let told = 0

  const add = (event: TaskEventAt) => {
    if (event.seq !== told + 1 || told >= toldMax) return
    told = event.seq
    const fact = pick(event)
    if (fact === null) return
    seqs.push(event.seq)
    facts.push(fact)
  }
  const countTo = (seq: number): number => {
    let low = 0
    let high = seqs.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((seqs[middle] ?? 0) <= seq) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    /** Up to which event they are told. */
    told: () => told,
    take: (events: readonly TaskEventAt[]) => {
      for (const event of events) add(event)
    },
    /** Goes on with events that are here. */
    goOn: () => {
      for (let next = eventAt(told + 1); next; next = eventAt(told + 1)) {
        if (told >= toldMax) return
        add(next)
      }
    },
    /** Of the events up to this one. */
    upTo: (seq: number): readonly Fact[] => facts.slice(0, countTo(seq)),
  }
}
