import { formatCount, formatNumber } from './format-number.ts'
import { tellingSentences } from './telling-sentences.ts'

export type TextReading = {
  name: string
  /** Of the whole text. */
  characters: number
  /** What was read of it, from its start. */
  text: string
  /** Of the whole text, where they were counted by code; otherwise they are counted over `text`. */
  counted?: { words: number; lines: number }
}

const count = (text: string) => ({
  words: text.match(/\S+/g)?.length ?? 0,
  lines: text === '' ? 0 : text.split('\n').length,
})

export const describeText = ({ name, characters, text, counted }: TextReading): string => {
  const { words, lines } = counted ?? count(text)
  const isPartial = text.length < characters
  const within =
    isPartial && counted === undefined ? ` in the first ${formatNumber(text.length)} of them` : ''
  const sentences = tellingSentences(text, characters > 20_000 ? 5 : 3)
  const head = `**${name}** has **${formatCount(characters, 'character')}**, with ${formatCount(words, 'word')} on ${formatCount(lines, 'line')}${within}.`
  if (sentences.length === 0) return `${head} It holds no full sentences to quote.`
  const from = isPartial ? ` (of the first ${formatNumber(text.length)} characters)` : ''
  return [
    head,
    `Its most telling sentences${from}:`,
    sentences.map((sentence) => `> ${sentence}`).join('\n>\n'),
  ].join('\n\n')
}
