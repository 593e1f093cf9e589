/**
 * Lines of a log that wait to be collected. Bounded: while it is full, lines are dropped and counted, and
 * the count is told by a line of its own as soon as there is room. Nothing here waits or throws.
 */
export type LogBuffer = {
  add: (line: string) => void
  /** Some of the oldest, and forgets them. Empty when there are none. */
  take: () => readonly string[]
  isWaiting: () => boolean
  /** Called for the first line that waits. */
  onWaiting: (wake: () => void) => void
}

/** About ten seconds of a log that is as busy as it may be, and a megabyte or two of memory. */
const waitingCharactersMax = 1_048_576

export const createLogBuffer = ({
  linesMax,
  charactersMax,
  tellLost,
}: {
  /** Of one taking. */
  linesMax: number
  charactersMax: number
  /** The line that tells of lines that were dropped. */
  tellLost: (lines: number) => string
}): LogBuffer => {
  const waiting: string[] = []
  let characters = 0
  let lost = 0
  let wake = () => {}

  const push = (line: string) => {
    waiting.push(line)
    characters += line.length
    if (waiting.length === 1) wake()
  }
  const tell = () => {
    if (lost === 0) return
    const lines = lost
    lost = 0
    push(tellLost(lines))
  }

  return {
    add: (line) => {
      if (characters + line.length > waitingCharactersMax) {
        lost += 1
        return
      }
      tell()
      push(line)
    },

    take: () => {
      let count = 0
      let taken = 0
      for (const line of waiting) {
        if (count === linesMax || (count > 0 && taken + line.length > charactersMax)) break
        count += 1
        taken += line.length
      }
      characters -= taken
      const lines = waiting.splice(0, count)
      if (waiting.length === 0) tell()
      return lines
    },

    isWaiting: () => waiting.length > 0,

    onWaiting: (listener) => {
      wake = listener
      if (waiting.length > 0) wake()
    },
  }
}
