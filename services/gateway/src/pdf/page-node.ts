import type { PageLine } from './page-line.ts'
import type { PageTable } from './page-table.ts'

/** What a Markdown text is to the template. */
export type PageNode =
  | { t: 'heading'; level: number; line: PageLine }
  | { t: 'par'; line: PageLine }
  | {
      t: 'list'
      /** Null: bullets. */
      start: number | null
      items: readonly (readonly PageNode[])[]
      rtl: boolean
    }
  | { t: 'quote'; nodes: readonly PageNode[]; rtl: boolean }
  | { t: 'code'; text: string; lang: string | null }
  | { t: 'rule' }
  | { t: 'note'; text: string }
  | PageTable
