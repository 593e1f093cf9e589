/** The kind of an event as words: all that is told of one that is not here. */
export const kindWords = (kind: string): string =>
  kind.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
