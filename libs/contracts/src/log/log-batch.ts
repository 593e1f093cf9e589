import { z } from 'zod'
import { LogLevel, logLevelNumbers } from './log-level.ts'

/** A line of a service's log as it stands on its standard output; what varies with its message are fields of its own. */
export const SentLogLine = z.looseObject({
  level: z.int().min(logLevelNumbers.info).max(logLevelNumbers.fatal),
  time: z.iso.datetime(),
  msg: z.string().optional(),
})
export type SentLogLine = z.infer<typeof SentLogLine>

/** A longer line is cut to what it is about. 200 of them are an answer of a search, which has to fit a message. */
export const logLineCharactersMax = 4_096
export const linesPerLogBatchMax = 2_000

/** What one process said within about a second, on `maestro.log.<service>`. Its id, also the Nats-Msg-Id, is `<instance>:<first>`. */
export const LogBatch = z.object({
  service: z.string().min(1).max(60),
  copy: z.string().min(1).max(60),
  /** The process: another one with each start, also where the copy keeps its name. */
  instance: z
    .string()
    .min(1)
    .max(60)
    .regex(/^[0-9a-z]+$/),
  /** The number of its first line among those that the process sent: 0, 1, 2 … */
  first: z.int().nonnegative().max(2_000_000_000),
  lines: z.array(SentLogLine).min(1).max(linesPerLogBatchMax),
})
export type LogBatch = z.infer<typeof LogBatch>

/** @throws {Error} for a number that no level has. */
export const logLevelOf = (level: number): LogLevel => {
  const known = LogLevel.options.findLast((name) => logLevelNumbers[name] <= level)
  return LogLevel.parse(known)
}
