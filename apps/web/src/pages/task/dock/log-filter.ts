import type { LogLevel, LogLine } from './log-line.ts'

export type LogFilter = {
  readonly level: LogLevel | null
  readonly step: string | null
  readonly tool: string | null
  readonly words: readonly string[]
  /** What stands for a level and is none; it is searched as a word. */
  readonly noLevel: string | null
}

const rank: Record<LogLevel, number> = { info: 0, warn: 1, error: 2 }
const isLevel = (text: string): text is LogLevel => Object.hasOwn(rank, text)

/** `level:warn step:research tool:read_input text:"quota exceeded" plain words`. */
export const parseLogFilter = (text: string): LogFilter => {
  let filter: LogFilter = { level: null, step: null, tool: null, words: [], noLevel: null }
  for (const [, key, quoted, plain] of text.matchAll(/(?:(\w+):)?(?:"([^"]*)"|(\S+))/g)) {
    const value = (quoted ?? plain ?? '').toLowerCase()
    if (value === '') continue
    if (key === 'level' && isLevel(value)) filter = { ...filter, level: value }
    else if (key === 'step') filter = { ...filter, step: value }
    else if (key === 'tool') filter = { ...filter, tool: value }
    else {
      const noLevel = key === 'level' ? value : filter.noLevel
      filter = { ...filter, words: [...filter.words, value], noLevel }
    }
  }
  return filter
}

/** A level means itself and what is worse. A step is named by its id, its number or a part of its title, a tool by how its name begins. */
export const fitsLogFilter = (
  line: LogLine,
  filter: LogFilter,
  stepOf: (stepId: string) => { number: number; title: string } | undefined,
): boolean => {
  if (filter.level !== null && rank[line.level] < rank[filter.level]) return false
  if (filter.tool !== null && line.tool?.toLowerCase().startsWith(filter.tool) !== true)
    return false
  const step = line.stepId === null ? undefined : stepOf(line.stepId)
  const title = step?.title.toLowerCase() ?? ''
  if (filter.step !== null) {
    const named = line.stepId === filter.step || line.stepId === `step_${filter.step}`
    if (
      !named &&
      String(step?.number) !== filter.step &&
      !(title !== '' && title.includes(filter.step))
    )
      return false
  }
  const text = `${line.text} ${title}`.toLowerCase()
  return filter.words.every((word) => text.includes(word))
}
