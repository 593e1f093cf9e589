import type { LogLevel } from '@maestro/contracts/log/log-level'

/** A part of a filter: what stands before its colon, and what behind it. */
const levelPart = /(^|\s)level:(\S+)/u
const numberedStep = /(^|\s)(-?)step:(\d+)(?=\s|$)/gu
const namedText = /(^|\s)(-?)text:(?=\S)/gu

/**
 * The filter of the log as the search of the services' logs reads it: both stand in the same place of the
 * address. There a step is known by its id instead of its number, and texts are not named.
 */
export const toServiceFilter = (filter: string, stepIds: readonly string[]): string =>
  filter
    .replaceAll(namedText, '$1$2')
    .replaceAll(numberedStep, (part, before: string, not: string, number: string) => {
      const stepId = stepIds[Number(number) - 1]
      return stepId === undefined ? part : `${before}${not}step:${stepId}`
    })

/** The lowest level that a filter lets through. */
export const levelOf = (filter: string): string =>
  levelPart.exec(filter)?.[2]?.toLowerCase() ?? 'info'

export const withLevel = (filter: string, level: LogLevel): string => {
  const rest = filter.replace(levelPart, '').trim()
  return level === 'info' ? rest : `level:${level} ${rest}`.trim()
}
