import { useEffect, useRef, useState } from 'react'
import type { TaskSession } from '../../../live/task-session.ts'
import { useTaskSession } from '../task-context.ts'
import type { TaskEventAt } from '../../../live/task-event-at.ts'
import type { LogLine } from './log-line.ts'
import { emptyScan, goOnScanning, linesMax, type LogScan } from './log-scan.ts'

/** So many events more are looked through at once when somebody wants to look further back. */
const furtherBack = 5_000
/** Fetched at once. */
const eventsPerLook = 1_000

export type LogSearch = {
  readonly lineOf: (placed: TaskEventAt) => LogLine | null
  readonly fits: (line: LogLine) => boolean
}

/** Lines that fit, of what is here; of a long task somebody may look further back. Null `sought`: nothing is looked for. */
export const useLogScan = (
  sought: LogSearch | null,
  seq: number,
): { scan: LogScan; isLooking: boolean; lookBack: (() => void) | null } => {
  const session = useTaskSession()
  const known = useRef<{ session: TaskSession; sought: LogSearch | null; scan: LogScan } | null>(
    null,
  )
  const [goal, setGoal] = useState<number | null>(null)
  if (known.current?.session !== session || known.current.sought !== sought)
    known.current = { session, sought, scan: emptyScan(seq) }
  const now = known.current
  if (sought !== null) now.scan = goOnScanning(now.scan, { event: session.event, ...sought, seq })

  const { scan } = now
  const isFull = scan.lines.length >= linesMax
  const isLooking = goal !== null && scan.from > goal && !isFull && sought !== null
  useEffect(() => {
    if (isLooking) session.look(Math.max(1, scan.from - eventsPerLook), scan.from - 1)
  }, [session, isLooking, scan.from])

  const canLookBack = sought !== null && scan.from > 1 && !isFull
  return {
    scan,
    isLooking,
    lookBack: canLookBack ? () => setGoal(Math.max(1, scan.from - furtherBack)) : null,
  }
}
