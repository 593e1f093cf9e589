import type { Block, Report } from '../report/report.ts'
import { shortened } from '../report/report-words.ts'
import { breakableText } from './breakable-text.ts'
import { isRightToLeft } from './is-right-to-left.ts'
import { markdownNodes } from './markdown-nodes.ts'
import { type PageLine, pageLine } from './page-line.ts'
import type { PageNode } from './page-node.ts'
import { pageTables } from './page-table.ts'
import { planPicture, type PlanPicture } from './plan-picture.ts'
import { withinLines } from './within-lines.ts'

type Row = { name: PageLine; words: string }
type PageBlock =
  | PageNode
  | PlanPicture
  | { t: 'facts'; rows: readonly { name: string; value: PageLine }[] }
  | { t: 'bars'; title: string; rows: readonly (Row & { share: number })[] }
  | { t: 'shares'; title: string; parts: readonly (Row & { share: number })[] }
  | {
      t: 'spans'
      title: string
      start: string
      end: string
      rows: readonly (Row & { from: number; to: number; isCritical: boolean })[]
    }

/** A report as data for the template: all that it draws, and nothing that it would have to run. */
export type Pages = {
  title: PageLine
  /** For the file's own title and the head of pages. */
  name: string
  subtitle: string
  source: string
  status: string
  sections: readonly { title: string; level: 1 | 2; blocks: readonly PageBlock[] }[]
}

const titled = <Named extends { name: string }>({ name, ...rest }: Named) => ({
  ...rest,
  name: pageLine(name),
})

const blocksOf = (block: Block): PageBlock[] => {
  switch (block.kind) {
    case 'markdown':
      return markdownNodes(block.text)
    case 'text':
      if (block.look === 'note') return [{ t: 'note', text: block.text }]
      return withinLines(block.text)
        .split(/\n\s*\n/)
        .map((text) => ({ t: 'par', line: paragraph(text) }))
    case 'facts':
      return [
        { t: 'facts', rows: block.rows.map(([name, value]) => ({ name, value: pageLine(value) })) },
      ]
    case 'table':
      return pageTables({
        heads: block.heads.map(pageLine),
        aligns: block.figures.map((isFigure) => (isFigure ? 'end' : 'start')),
        rows: block.rows.map((row) => row.map(pageLine)),
      })
    case 'bars':
      return [{ t: 'bars', title: block.title, rows: block.rows.map(titled) }]
    case 'shares':
      return [{ t: 'shares', title: block.title, parts: block.parts.map(titled) }]
    case 'spans': {
      const { title, start, end, rows } = block
      return [{ t: 'spans', title, start, end, rows: rows.map(titled) }]
    }
    case 'plan':
      return [planPicture(block.steps)]
  }
}

/** Lines stay lines: people write goals with them. */
const paragraph = (text: string): PageLine => {
  const lines = text.split('\n').map(breakableText)
  return {
    c: lines.flatMap((line, index) => (index === 0 ? [line] : [{ t: 'break' as const }, line])),
    rtl: isRightToLeft(text),
  }
}

export const pagesOf = ({ title, subtitle, source, status, sections }: Report): Pages => ({
  title: pageLine(title),
  name: shortened(title, 90),
  subtitle,
  source,
  status,
  sections: sections.map(({ title: name, level, blocks }) => ({
    title: name,
    level,
    blocks: blocks.flatMap(blocksOf),
  })),
})
