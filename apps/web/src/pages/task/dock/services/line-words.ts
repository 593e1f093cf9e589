import type { LogLine } from '@maestro/contracts/timeline/log-endpoints'

/** Numbers of an operator's own; they stand in the details. */
const unsaid = new Set(['seq', 'requestId', 'cutFrom'])

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const said = ([name, value]: [string, unknown]): string[] => {
  if (unsaid.has(name) || value === null || value === undefined) return []
  if (name === 'err' && isRecord(value)) return [String(value['message'] ?? value['type'] ?? '')]
  return isRecord(value) ? [] : [`${name} ${String(value)}`]
}

/** What a line says beside its message, in one line. */
export const lineWords = ({ fields }: LogLine): string =>
  Object.entries(fields)
    .flatMap(said)
    .filter((text) => text !== '')
    .join(' · ')
