/** What may be shown of a key. An eighth at most: a short one has nothing to give away. */
export const endingOf = (value: string): string =>
  value.slice(value.length - Math.min(4, Math.floor(value.length / 8)))
