import type { historyFacets } from '@maestro/contracts/timeline/history-endpoints'

/**
 * What an event is about, as a word of its own in the same index as its texts: any mix of filters is
 * one look-up. No word of a text begins with `=`: the parser of Postgres takes it for a space.
 */
export const facetOf = (name: (typeof historyFacets)[number], value: string): string =>
  `=${name}=${value
    .replaceAll(/[\n\0]/g, ' ')
    .slice(0, 250)
    .toLowerCase()}`
