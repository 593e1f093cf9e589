const keys = /\b(?:gsk_|AIza|sk-)[\w-]{4,}/g

/** A provider's own words, fit to be stored and shown: short, on one line, without keys. */
export const quoteProvider = (message: string): string => {
  const line = message.replaceAll(/\s+/g, ' ').replaceAll(keys, '[key]').trim()
  return line.length > 300 ? `${line.slice(0, 299)}…` : line
}
