import type { LogLine } from '@maestro/contracts/timeline/log-endpoints'

/** Numbers of an operator's own; they stand in the details. */
const unsaid = new Set(['seq', 'requestId', 'cutFrom'])

/** Of an error, the message. */
const said = ([name, value]: [string, unknown]): string[] => {
  if (unsaid.has(name)) return []
  if (typeof value === 'string') return [`${name} ${value}`]
  if (typeof value === 'number' || typeof value === 'boolean') return [`${name} ${value}`]
  const isError = name === 'err' && typeof value === 'object' && value !== null
  return isError && 'message' in value && typeof value.message === 'string' ? [value.message] : []
}

/** What a line says beside its message, in one line. */
export const lineWords = ({ fields }: LogLine): string =>
  Object.entries(fields).flatMap(said).join(' · ')
