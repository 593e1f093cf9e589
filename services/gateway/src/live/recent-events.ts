import type { LiveEvent } from './live-message.ts'

const eventsMax = 256
const charactersMax = 512 * 1024

/** The newest events of a watched task: a viewer that lost its connection for a moment catches up from here. */
export const createRecentEvents = () => {
  const events: LiveEvent[] = []
  let characters = 0
  return {
    /** In order, without a gap. */
    add: (event: LiveEvent): void => {
      events.push(event)
      characters += event.text.length
      while (events.length > eventsMax || (characters > charactersMax && events.length > 1)) {
        characters -= events.shift()?.text.length ?? 0
      }
    },
    /** All that follow this position; null when they go back further than what is kept. */
    after: (seq: number): readonly LiveEvent[] | null => {
      const first = events[0]?.seq
      return first === undefined || seq < first - 1 ? null : events.slice(seq - first + 1)
    },
  }
}
