// A filter in one line, as people type it: words, `word*`, `"a phrase"`, `name:value`, `name:"a value"`;
// a `-` before any of them excludes it. All of them have to hold.

export type FilterTerm = {
  /** `is`: a facet has this value. */
  kind: 'word' | 'prefix' | 'phrase' | 'is'
  /** Of `is`: which facet. */
  name: string
  value: string
  isNot: boolean
}

/** Where a filter is broken: its first character is at 0. */
export type FilterProblem = { at: number; near: string; reason: string }

export const filterCharactersMax = 500
/** Each is one look-up in an index. */
const termsMax = 20
const prefixCharactersMin = 2
const nearCharacters = 20

/** Which facets there are; where one has few values, which. */
export type FilterNames = Readonly<Record<string, readonly string[] | null>>

/** Reads a filter. Values are looked at only where their facet has few. */
export const parseFilter = (
  text: string,
  names: FilterNames,
): { terms: readonly FilterTerm[] } | { problem: FilterProblem } => {
  const terms: FilterTerm[] = []
  const problem = (at: number, reason: string) => ({
    problem: { at, near: text.slice(at, at + nearCharacters), reason },
  })
  let at = 0
  while (at < text.length) {
    if (/\s/u.test(text[at] ?? '')) {
      at += 1
      continue
    }
    if (terms.length === termsMax) return problem(at, `a filter has at most ${termsMax} parts`)
    const start = at
    const isNot = text[at] === '-'
    if (isNot) at += 1
    const name = /^([A-Za-z][\w-]*):/u.exec(text.slice(at))?.[1] ?? null
    if (name !== null) at += name.length + 1
    const isQuoted = text[at] === '"'
    const value = isQuoted ? quotedAt(text, at) : (/^[^\s"]*/u.exec(text.slice(at))?.[0] ?? '')
    if (value === null) return problem(at, 'this quotation mark is never closed')
    at += isQuoted ? value.length + 2 : value.length
    if (at < text.length && !/\s/u.test(text[at] ?? '')) {
      return problem(at, 'put a space between two parts')
    }
    const read = termOf({ name, value, isQuoted, isNot, names })
    if (typeof read === 'string') return problem(start, read)
    terms.push(read)
  }
  return { terms }
}

/** What stands between this quotation mark and the next; null when there is none. */
const quotedAt = (text: string, at: number): string | null => {
  const end = text.indexOf('"', at + 1)
  return end === -1 ? null : text.slice(at + 1, end)
}

type Read = {
  name: string | null
  value: string
  isQuoted: boolean
  isNot: boolean
  names: FilterNames
}

/** The part, or why it is none. */
const termOf = ({ name, value, isQuoted, isNot, names }: Read): FilterTerm | string => {
  if (name !== null) {
    const known = name.toLowerCase()
    const values = Object.hasOwn(names, known) ? names[known] : undefined
    if (values === undefined) {
      return `there is no filter "${name}": there are ${Object.keys(names).join(', ')}; put it in quotation marks to search for the text`
    }
    if (value.trim() === '') return `say what ${name} is to be: ${name}:value`
    if (values !== null && !values.includes(value.trim().toLowerCase())) {
      return `no ${known} is "${value.trim()}": there are ${values.join(', ')}`
    }
    return { kind: 'is', name: known, value: value.trim(), isNot }
  }
  if (!/[\p{L}\p{N}]/u.test(value)) return 'there is no word in this'
  if (isQuoted) return { kind: 'phrase', name: '', value, isNot }
  if (!value.endsWith('*')) return { kind: 'word', name: '', value, isNot }
  const prefix = value.slice(0, -1)
  if (prefix.length < prefixCharactersMin || /[^\p{L}\p{N}]/u.test(prefix)) {
    return `a beginning has at least ${prefixCharactersMin} letters or digits before its *, and nothing else`
  }
  return { kind: 'prefix', name: '', value: prefix, isNot }
}
