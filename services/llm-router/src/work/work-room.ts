import { type WorkPriority, workPriorities } from '@maestro/contracts/bus/subjects'

/**
 * The calls that one worker can run at once. A worker takes from the queue only what it has room
 * for, so that what it cannot start yet stays there for others; when room gets free, the highest
 * priority that waits has it first.
 */
export type WorkRoom = {
  /** Resolves with at least one place, at most `placesMax`. */
  take: (priority: WorkPriority, placesMax: number) => Promise<number>
  /** A place for a message that is there already; false when there is none, or when others wait for one. */
  tryTake: () => boolean
  free: (places: number) => void
}

export const createWorkRoom = ({ callsMax }: { callsMax: number }): WorkRoom => {
  let freePlaces = callsMax
  const waiting = new Map<WorkPriority, { placesMax: number; resolve: (places: number) => void }>()
  let isHandingOut = false

  const handOut = () => {
    isHandingOut = false
    for (const priority of workPriorities) {
      const waiter = waiting.get(priority)
      if (waiter === undefined || freePlaces < 1) continue
      const places = Math.min(waiter.placesMax, freePlaces)
      freePlaces -= places
      waiting.delete(priority)
      waiter.resolve(places)
    }
  }
  const handOutSoon = () => {
    if (isHandingOut) return
    isHandingOut = true
    // What ends in the same turn of the event loop is handed out together.
    setImmediate(handOut)
  }

  const take: WorkRoom['take'] = (priority, placesMax) =>
    new Promise((resolve) => {
      waiting.set(priority, { placesMax, resolve })
      handOutSoon()
    })
  const free = (places: number) => {
    freePlaces += places
    handOutSoon()
  }

  return {
    take,
    free,
    tryTake: () => {
      // Who waits is served first: what happens to come now does not overtake.
      if (freePlaces < 1 || waiting.size > 0) return false
      freePlaces -= 1
      return true
    },
  }
}
