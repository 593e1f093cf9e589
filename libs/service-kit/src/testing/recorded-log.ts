import type { Logger } from '../logger.ts'
import { pino } from 'pino'

export type LogLine = Readonly<Record<string, unknown>> & {
  readonly level: number
  readonly msg: string
}

export type RecordedLog = { readonly log: Logger; readonly lines: readonly LogLine[] }

/** A log that a test reads instead of a person: every line as it would have been written. */
export const createRecordedLog = (): RecordedLog => {
  const lines: LogLine[] = []
  const log = pino(
    { base: null, timestamp: false },
    { write: (line: string) => lines.push(JSON.parse(line) as LogLine) },
  )
  return { log, lines }
}
