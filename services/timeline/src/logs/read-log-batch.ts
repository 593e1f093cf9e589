import { LogBatch, linesPerLogBatchMax, SentLogLine } from '@maestro/contracts/log/log-batch'
import { logLevelNumbers } from '@maestro/contracts/log/log-level'
import { z } from 'zod'

const Envelope = LogBatch.extend({
  lines: z.array(z.unknown()).min(1).max(linesPerLogBatchMax),
})

/**
 * A batch with each line that can be read; null where the message is none. A line that is odd, such as
 * one with a field of its own named `level`, loses nothing but itself: in its place stands that it was
 * left out, since the numbers of those behind it are counted from the first.
 */
export const readLogBatch = (
  message: unknown,
  time: string,
): { batch: LogBatch; linesLost: number } | null => {
  const envelope = Envelope.safeParse(message)
  if (!envelope.success) return null
  let linesLost = 0
  const lines = envelope.data.lines.map((line): SentLogLine => {
    const read = SentLogLine.safeParse(line)
    if (read.success) return read.data
    linesLost += 1
    return { level: logLevelNumbers.warn, time, msg: 'a line of this log was odd and is left out' }
  })
  return { batch: { ...envelope.data, lines }, linesLost }
}
