import type { historyFacets } from '@maestro/contracts/timeline/history-endpoints'
import type { LogFacet } from '@maestro/contracts/timeline/log-endpoints'

/**
 * What an event or a line is about, as a word of its own in the same index as its texts: any mix of filters is
 * one look-up. No word of a text begins with `=`: the parser of Postgres takes it for a space.
 */
export const facetOf = (name: (typeof historyFacets)[number] | LogFacet, value: string): string =>
  `=${name}=${value
    .replaceAll(/[\n\0]/g, ' ')
    .slice(0, 250)
    .toLowerCase()}`
