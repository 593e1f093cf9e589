import { formatCount, formatNumber } from './format-number.ts'
import { table } from './rehearsal-markdown.ts'
import { shortText } from './short-text.ts'
import type { CsvFacts } from './tool-facts.ts'

const separatorNames: Record<string, string> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
}

/** The range of a running number tells nobody anything. */
const isId = (name: string): boolean => /(?:^|[\s_-])(?:id|no|nr|number|key)$/i.test(name.trim())

export const describeCsv = (facts: CsvFacts): string => {
  const { name, rows, columns, uneven, details } = facts
  const numeric = details.filter((column) => column.kind === 'number')
  const texts = details.filter((column) => column.kind === 'text')
  const said = numeric
    .filter((column) => !isId(column.name))
    .slice(0, 2)
    .map(
      (column) =>
        `${shortText(column.name, 60)} runs from ${formatNumber(column.minimum)} to ${formatNumber(column.maximum)} (mean ${formatNumber(column.mean)})`,
    )
  const separated = separatorNames[facts.separator] ?? 'its separator'
  const sentences = [
    `**${name}** is a table of **${formatCount(rows, 'row')}** and **${formatCount(columns, 'column')}**, separated by ${separated}.`,
  ]
  if (said.length > 0) sentences.push(`${said.join('; ')}.`)
  if (uneven > 0) {
    sentences.push(
      `${formatCount(uneven, 'row has', 'rows have')} another number of cells than the header.`,
    )
  }
  const parts = [sentences.join(' ')]
  if (numeric.length > 0) {
    parts.push(
      table(
        ['Numeric column', 'Count', 'Missing', 'Minimum', 'Mean', 'Maximum'],
        numeric.map((column) => [
          column.name,
          formatNumber(column.numbers),
          formatNumber(column.missing + column.texts),
          formatNumber(column.minimum),
          formatNumber(column.mean),
          formatNumber(column.maximum),
        ]),
      ),
    )
  }
  if (texts.length > 0) {
    parts.push(
      table(
        ['Text column', 'Count', 'Missing', 'Distinct', 'Most frequent'],
        texts.map((column) => [
          column.name,
          formatNumber(column.numbers + column.texts),
          formatNumber(column.missing),
          column.distinctAtLeast
            ? `at least ${formatNumber(column.distinct)}`
            : formatNumber(column.distinct),
          column.most
            .map(({ value, times }) => `${shortText(value, 24)} (${formatNumber(times)})`)
            .join(', '),
        ]),
      ),
    )
  }
  if (columns > details.length) {
    parts.push(`${formatCount(columns - details.length, 'more column')} are not listed.`)
  }
  return parts.join('\n\n')
}
