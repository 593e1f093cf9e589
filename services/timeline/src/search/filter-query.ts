import { AppError } from '@maestro/contracts/errors'
import {
  type FilterNames,
  type FilterTerm,
  parseFilter,
} from '@maestro/contracts/timeline/search-filter'
import type { Fragment, Sql } from '@maestro/service-kit/database'

/** A lexeme or a word for `tsquery`, taken as it stands. */
const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`

/** @throws {AppError} `INVALID_INPUT` with the place where the filter is broken. */
export const readFilter = (text: string, names: FilterNames): readonly FilterTerm[] => {
  const read = parseFilter(text.replaceAll('\0', ' '), names)
  if ('problem' in read) throw new AppError('INVALID_INPUT', { field: 'q', ...read.problem })
  return read.terms
}

/** All of the terms as one `tsquery`; null when there are none. */
export const filterQuery = (
  sql: Sql,
  terms: readonly FilterTerm[],
  facetOf: (name: string, value: string) => string,
): Fragment | null =>
  terms.reduce<Fragment | null>((all, term) => {
    const one = termQuery(sql, term, facetOf)
    const said = term.isNot ? sql`!!(${one})` : one
    return all === null ? said : sql`${all} && ${said}`
  }, null)

const termQuery = (
  sql: Sql,
  { kind, name, value }: FilterTerm,
  facetOf: (name: string, value: string) => string,
): Fragment => {
  switch (kind) {
    case 'is':
      return sql`${quoted(facetOf(name, value))}::text::tsquery`
    case 'phrase':
      return sql`phraseto_tsquery('simple', ${value})`
    case 'prefix':
      return sql`to_tsquery('simple', ${`${quoted(value)}:*`})`
    case 'word':
      return sql`plainto_tsquery('simple', ${value})`
    default:
      return kind satisfies never
  }
}
