import { shortText } from './short-text.ts'

/** Stands in every output, so that nobody takes it for a model's. Merging takes it away from the parts. */
export const rehearsalBanner =
  '> This is a rehearsal: no language model was asked. Figures and quotations come from the inputs, through the same tools that a model would use; the sentences around them are fixed.'

const bannerStart = '> This is a rehearsal:'

/** A value inside a table. */
const cell = (text: string): string => shortText(text, 80).replace(/[|\\`*_<>[\]]/g, '\\$&')

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')

/** A finished output as a part of a larger one: without its banner, its headings two levels down. */
export const asSection = (markdown: string): string =>
  markdown
    .split('\n')
    .filter((line) => !line.startsWith(bannerStart))
    .map((line) => (/^#{1,6} /.test(line) ? `##${line}`.replace(/^#{7,}/, '######') : line))
    .join('\n')
    .trim()

/** What an output says first, in a line; empty when it has no plain sentence. */
export const firstSentence = (markdown: string): string => {
  const line = markdown
    .slice(0, 20_000)
    .split('\n')
    .find((candidate) => /^[\p{L}\p{N}*"'„“(_]/u.test(candidate))
  return line === undefined ? '' : shortText(line, 400)
}

/** The same without marks, for promises of plain text. */
export const toPlainText = (markdown: string): string =>
  markdown
    .replace(/^(?:#{1,6}|>) /gm, '')
    .replace(/^\|(?: --- \|)+\n/gm, '')
    .replaceAll('**', '')
    .replace(/\\([|\\`*_<>[\]])/g, '$1')
