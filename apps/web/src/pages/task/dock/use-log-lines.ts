import { useMemo, useRef } from 'react'
import { useTaskSession, useView } from '../task-context.ts'
import { type LogLine, logLineOf } from './log-line.ts'

/** Every event up to the shown one, as lines; each is put into words once. */
export const useLogLines = (): readonly LogLine[] => {
  const session = useTaskSession()
  const loaded = useView((view) => view.loaded)
  const seq = useView((view) => view.seq)
  const known = useRef<{ session: typeof session; lines: LogLine[] }>({ session, lines: [] })
  return useMemo(() => {
    if (known.current.session !== session) known.current = { session, lines: [] }
    const { lines } = known.current
    const events = session.events()
    for (let index = lines.length; index < Math.min(loaded, events.length); index += 1) {
      const event = events[index]
      if (event) lines.push(logLineOf(event))
    }
    return lines.slice(0, seq)
  }, [session, loaded, seq])
}
