import type { PageLine } from './page-line.ts'

type Align = 'start' | 'center' | 'end'
/** A table as wide as a page; `weights` are the shares of its columns. */
export type PageTable = {
  t: 'table'
  heads: readonly PageLine[]
  aligns: readonly Align[]
  weights: readonly number[]
  rows: readonly (readonly PageLine[])[]
  rtl: boolean
}

/** What can be read side by side on a page; a wider table goes on below, with its first column again. */
const columnsMax = 8
/** Rows that tell how wide a column has to be. */
const sampledMax = 200
const [weightMin, weightMax] = [4, 40]

const lengthOf = ({ c }: PageLine): number => JSON.stringify(c).length - 4
const longestWordOf = ({ c }: PageLine): number =>
  Math.max(
    0,
    ...c
      .map((part) => (typeof part === 'string' ? part.split(/[\s\u200B]/) : []))
      .flat()
      .map((word) => word.length),
  )

const weightOf = (column: number, lines: readonly (readonly PageLine[])[]): number => {
  const cells = lines.flatMap((line) => line[column] ?? [])
  const lengths = cells.map(lengthOf)
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length)
  const widest = Math.min(60, Math.max(0, ...lengths))
  const word = Math.min(24, Math.max(0, ...cells.map(longestWordOf)))
  return Math.min(weightMax, Math.max(weightMin, word + 2, (mean + widest) / 2))
}

/** One table, or as many as its columns need. */
export const pageTables = ({
  heads,
  aligns,
  rows,
}: Pick<PageTable, 'heads' | 'aligns' | 'rows'>): PageTable[] => {
  const sample = [heads, ...rows.slice(0, sampledMax)]
  const columnsOf = (columns: readonly number[]): PageTable => {
    const pick = <Cell>(line: readonly Cell[], none: Cell) =>
      columns.map((column) => line[column] ?? none)
    const empty: PageLine = { c: [], rtl: false }
    return {
      t: 'table',
      heads: pick(heads, empty),
      aligns: pick(aligns, 'start'),
      weights: columns.map((column) => weightOf(column, sample)),
      rows: rows.map((line) => pick(line, empty)),
      rtl: heads[0]?.rtl ?? false,
    }
  }
  const all = heads.map((_head, column) => column)
  if (all.length <= columnsMax) return all.length === 0 ? [] : [columnsOf(all)]
  const tables: PageTable[] = []
  for (let from = 1; from < all.length; from += columnsMax - 1) {
    tables.push(columnsOf([0, ...all.slice(from, from + columnsMax - 1)]))
  }
  return tables
}
