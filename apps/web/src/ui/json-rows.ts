import { formatCount } from './format-count.ts'

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue }

export type JsonRow = {
  /** As a JSON pointer; with the number of a line behind it where a long text is unfolded. */
  readonly path: string
  readonly depth: number
  /** Null: an entry of a list, or the whole. */
  readonly name: string | null
  readonly kind: 'object' | 'list' | 'text' | 'number' | 'word' | 'line'
  /** What stands there in one line. */
  readonly text: string
  readonly canOpen: boolean
  readonly isOpen: boolean
  /** Among those under the same parent, from 1. */
  readonly place: number
  readonly places: number
  readonly value: JsonValue
}

/** A text up to this length stands in its own row. */
const inlineCharactersMax = 80
/** A longer line of a text goes on in the next row. */
const lineCharactersMax = 160

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value)
const isLong = (text: string) => text.length > inlineCharactersMax || text.includes('\n')

const kindOf = (value: JsonValue): JsonRow['kind'] => {
  if (isList(value)) return 'list'
  if (typeof value === 'object' && value !== null) return 'object'
  if (typeof value === 'string') return 'text'
  return typeof value === 'number' ? 'number' : 'word'
}

const countOf = (value: readonly JsonValue[] | object) => Object.keys(value).length

const glanceOf = (value: JsonValue): string => {
  if (isList(value)) return value.length === 1 ? '1 entry' : `${formatCount(value.length)} entries`
  if (typeof value === 'object' && value !== null)
    return countOf(value) === 1 ? '1 field' : `${countOf(value)} fields`
  if (typeof value !== 'string') return String(value)
  return isLong(value)
    ? `"${value.slice(0, inlineCharactersMax).replaceAll('\n', ' ')}…`
    : JSON.stringify(value)
}

const canOpen = (value: JsonValue): boolean => {
  if (typeof value === 'string') return isLong(value)
  return typeof value === 'object' && value !== null && countOf(value) > 0
}

const linesOf = (text: string): string[] =>
  text.split('\n').flatMap((line) => {
    const pieces: string[] = []
    for (let at = 0; at === 0 || at < line.length; at += lineCharactersMax)
      pieces.push(line.slice(at, at + lineCharactersMax))
    return pieces
  })

const escaped = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** The rows of a value as far as it is unfolded, the whole of it being the first. */
export const jsonRows = (whole: JsonValue, open: ReadonlySet<string>): readonly JsonRow[] => {
  const rows: JsonRow[] = []
  const add = (
    value: JsonValue,
    {
      path,
      name,
      depth,
      place,
      places,
    }: Omit<JsonRow, 'kind' | 'text' | 'canOpen' | 'isOpen' | 'value'>,
  ) => {
    const isOpen = canOpen(value) && open.has(path)
    const row = { path, name, depth, place, places, value }
    rows.push({
      ...row,
      kind: kindOf(value),
      text: glanceOf(value),
      canOpen: canOpen(value),
      isOpen,
    })
    if (!isOpen) return
    const inside = { depth: depth + 1 }
    if (typeof value === 'string') {
      const lines = linesOf(value)
      for (const [index, text] of lines.entries()) {
        const at = { path: `${path}#${index}`, name: null, place: index + 1, places: lines.length }
        const line = { kind: 'line', text, canOpen: false, isOpen: false, value: text } as const
        rows.push({ ...inside, ...at, ...line })
      }
    } else if (isList(value)) {
      for (const [index, entry] of value.entries())
        add(entry, {
          ...inside,
          path: `${path}/${index}`,
          name: String(index),
          place: index + 1,
          places: value.length,
        })
    } else if (value !== null && typeof value === 'object') {
      const fields = Object.entries(value)
      for (const [index, [key, field]] of fields.entries())
        add(field, {
          ...inside,
          path: `${path}/${escaped(key)}`,
          name: key,
          place: index + 1,
          places: fields.length,
        })
    }
  }
  add(whole, { path: '', name: null, depth: 0, place: 1, places: 1 })
  return rows
}

/** What a value becomes when it is copied: a text as it is, everything else as JSON. */
export const copyOf = (value: JsonValue): string =>
  typeof value === 'string' ? value : JSON.stringify(value, null, 2)
