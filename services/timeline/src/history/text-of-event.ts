/** What of an event can be searched: its beginning is enough to find it, and keeps the index small. */
export const searchedCharactersMax = 2_000
const depthMax = 8

/** Addresses, hashes and moments say nothing to a reader; they are found by filters, or not at all. */
const isAddress = (key: string): boolean =>
  /(^id|Id|Ids|At|Ms)$/.test(key) ||
  ['at', 'sha256', 'hash', 'digest', 'service', 'mediaType', 'actor'].includes(key)

/** The words that people, agents and services wrote into an event, in the order in which they stand. */
export const textOfEvent = (data: Readonly<Record<string, unknown>>): string => {
  const texts: string[] = []
  let left = searchedCharactersMax
  const collect = (value: unknown, depth: number): void => {
    if (left <= 0 || depth > depthMax) return
    if (typeof value === 'string') {
      const text = value.replaceAll('\0', ' ').trim().slice(0, left)
      if (text !== '') texts.push(text)
      left -= text.length + 1
    } else if (Array.isArray(value)) {
      for (const one of value) collect(one, depth + 1)
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) if (!isAddress(key)) collect(one, depth + 1)
    }
  }
  collect(data, 0)
  return texts.join(' ')
}
