import { logLineCharactersMax } from '@maestro/contracts/log/log-batch'

const textCharactersMax = 300
const stackCharactersMax = 1_500

/** A line that is too long, with the ends of its texts and its lists and objects left out; shorter ones stay as they are. */
export const cutLogLine = (line: string): string => {
  const text = line.trimEnd()
  if (text.length <= logLineCharactersMax) return text
  const fields: Record<string, unknown> = { cutFrom: text.length }
  for (const [name, value] of Object.entries(JSON.parse(text) as Record<string, unknown>)) {
    if (name === 'err') fields[name] = cutError(value)
    else if (typeof value === 'string') fields[name] = value.slice(0, textCharactersMax)
    else if (typeof value !== 'object') fields[name] = value
  }
  const cut = JSON.stringify(fields)
  if (cut.length <= logLineCharactersMax) return cut
  // Dozens of fields: what every line has must do.
  const { level, time, service, copy, msg, cutFrom } = fields
  return JSON.stringify({ level, time, service, copy, msg, cutFrom })
}

const cutError = (error: unknown): unknown => {
  if (typeof error !== 'object' || error === null) return undefined
  const { type, message, code, stack } = error as Record<string, unknown>
  return {
    type: short(type, textCharactersMax),
    message: short(message, textCharactersMax),
    code: short(code, textCharactersMax),
    stack: short(stack, stackCharactersMax),
  }
}

const short = (value: unknown, charactersMax: number): string | undefined =>
  typeof value === 'string' ? value.slice(0, charactersMax) : undefined
