import type { JsonValue } from '../../ui/json-rows.ts'

/** Longer ones are shown as text: parsing them would hold the page up. */
const charactersMax = 4 * 1024 * 1024

/** The object or list that a text is; null where it is something else. */
export const jsonOf = (text: string): JsonValue | null => {
  if (text.length > charactersMax || !/^\s*[[{]/.test(text)) return null
  try {
    const parsed: JsonValue = JSON.parse(text)
    return parsed
  } catch {
    return null
  }
}
