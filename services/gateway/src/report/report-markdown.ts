import { embeddedMarkdown } from './embedded-markdown.ts'
import { inMarkdown } from './in-markdown.ts'
import type { Block, Report, Section } from './report.ts'

const row = (cells: readonly string[]) =>
  `| ${cells.map((cell) => inMarkdown(cell).replaceAll('|', '\\|')).join(' | ')} |`

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(heads), `|${heads.map(() => ' --- |').join('')}`, ...rows.map(row)].join('\n')

const blockMarkdown = (block: Block): string => {
  switch (block.kind) {
    case 'markdown':
      return embeddedMarkdown(block.text)
    case 'text':
      return block.look === 'note'
        ? `*${inMarkdown(block.text)}*`
        : block.text
            .split(/\n{2,}/)
            .map((paragraph) => paragraph.split('\n').map(inMarkdown).join('  \n'))
            .join('\n\n')
    case 'facts':
      return block.rows.map(([name, value]) => `- **${name}:** ${inMarkdown(value)}`).join('\n')
    case 'table':
      return table(block.heads, block.rows)
    case 'bars':
      return table(
        [block.title, ''],
        block.rows.map(({ name, words }) => [name, words]),
      )
    case 'shares':
      return table(
        [block.title, ''],
        block.parts.map(({ name, words }) => [name, words]),
      )
    case 'spans':
      return table(
        [block.title, 'Took', 'On the critical path'],
        block.rows.map(({ name, words, isCritical }) => [name, words, isCritical ? 'yes' : '']),
      )
    case 'plan': {
      const titles = new Map(block.steps.map(({ id, title }) => [id, title]))
      return table(
        ['Step', 'Agent', 'Needs', 'Status'],
        block.steps.map(({ title, agent, needs, status }) => [
          title,
          agent,
          needs.map((id) => titles.get(id) ?? id).join(', '),
          status,
        ]),
      )
    }
  }
}

const sectionMarkdown = ({ title, level, blocks }: Section): string =>
  [`${level === 1 ? '##' : '###'} ${title}`, ...blocks.map(blockMarkdown)].join('\n\n')

/** A report as Markdown: what the PDF draws stands here in tables. */
export const reportMarkdown = ({ title, subtitle, source, sections }: Report): string =>
  [
    `# ${inMarkdown(title)}`,
    `*${subtitle}*`,
    ...sections.map(sectionMarkdown),
    `---\n\n*Maestro, ${inMarkdown(source)}*`,
  ].join('\n\n') + '\n'
