/** Where a line may be broken, without a sign. */
const break0 = '\u200B'
const runMax = 24

/** Signs that no text needs and that reorder or hide others. */
// eslint-disable-next-line no-control-regex
const unwanted = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u202D\u202E]/g
/** Longer than a narrow column, and nothing in it says where to break: addresses, hashes, paths. */
const longWord = /[\u0021-\u024F]{30,}/g
/** Of any script: no line is as long. */
const endlessWord = /[^\s\u200B]{400,}/g

const pieces = (text: string, size: number) => text.match(new RegExp(`.{1,${size}}`, 'gsu')) ?? []

/** A text that fits any column: no word of it is wider than a line. */
export const breakableText = (text: string): string =>
  text
    .replace(unwanted, '')
    .replace(longWord, (word) => pieces(word, runMax).join(break0))
    .replace(endlessWord, (word) => pieces(word, 200).join(break0))
