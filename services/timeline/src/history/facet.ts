/** What an event is about, as words of its own in the same index as its texts: any mix of filters is one look-up. */
export const facetNames = ['kind', 'type', 'actor', 'task', 'step', 'agent'] as const
export type FacetName = (typeof facetNames)[number]

/** No word of a text begins with `=`: the parser of Postgres takes it for a space. */
export const facetOf = (name: FacetName, value: string): string =>
  `=${name}=${value
    .replaceAll(/[\n\0]/g, ' ')
    .slice(0, 250)
    .toLowerCase()}`
