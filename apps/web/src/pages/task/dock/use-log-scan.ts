import { useEffect, useRef, useState } from 'react'
import type { TaskSession } from '../../../live/task-session.ts'
import { useTaskSession } from '../task-context.ts'
import type { LogLine } from './log-line.ts'
import { emptyScan, goOnScanning, linesMax, type LogScan } from './log-scan.ts'

/** So many events more are looked through at once when somebody wants to look further back. */
const furtherBack = 5_000
/** Fetched at once. */
const eventsPerLook = 1_000

/** Lines that fit, of what is here; of a long task somebody may look further back. Null `fits`: nothing is looked for. */
export const useLogScan = (
  fits: ((line: LogLine) => boolean) | null,
  seq: number,
): { scan: LogScan; isLooking: boolean; lookBack: (() => void) | null } => {
  const session = useTaskSession()
  const known = useRef<{ session: TaskSession; fits: typeof fits; scan: LogScan } | null>(null)
  const [goal, setGoal] = useState<number | null>(null)
  if (known.current?.session !== session || known.current.fits !== fits)
    known.current = { session, fits, scan: emptyScan(seq) }
  const now = known.current
  if (fits !== null) now.scan = goOnScanning(now.scan, { event: session.event, fits, seq })

  const { scan } = now
  const isFull = scan.lines.length >= linesMax
  const isLooking = goal !== null && scan.from > goal && !isFull && fits !== null
  useEffect(() => {
    if (isLooking) session.look(Math.max(goal, scan.from - eventsPerLook), scan.from - 1)
  }, [session, isLooking, goal, scan.from])

  const canLookBack = fits !== null && scan.from > 1 && !isFull
  return {
    scan,
    isLooking,
    lookBack: canLookBack ? () => setGoal(Math.max(1, scan.from - furtherBack)) : null,
  }
}
