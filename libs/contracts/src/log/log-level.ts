import { z } from 'zod'

/** Levels of lines that are collected; what is told for finding defects stays where it was said. */
export const LogLevel = z.enum(['info', 'warn', 'error', 'fatal'])
export type LogLevel = z.infer<typeof LogLevel>

/** As they stand in a line. */
export const logLevelNumbers: Readonly<Record<LogLevel, number>> = {
  info: 30,
  warn: 40,
  error: 50,
  fatal: 60,
}
