/** Headings of a report stand above those of what it holds. */
const levelsDown = 2

/** Where code began: what ends it, and with which list item or quotation it ends by itself. */
type Fence = { marks: string; column: number; isQuoted: boolean }

/**
 * A Markdown text as a part of another one: its headings step down, and what it leaves open is closed
 * or means just itself, so that nothing behind it becomes code or is swallowed. Line by line: a text
 * of any size and shape costs what its length is.
 */
export const embeddedMarkdown = (text: string): string => {
  let fence: Fence | null = null
  const lines: string[] = []
  for (const line of text.split('\n')) {
    if (fence !== null && !isBehind(line, fence)) {
      if (isEnd(line, fence)) fence = null
      lines.push(line)
      continue
    }
    fence = fenceOf(line)
    if (fence !== null) lines.push(line)
    else addLine(lines, line)
  }
  if (fence !== null && fence.column === 0) lines.push(fence.marks)
  return lines.join('\n')
}

/** What stands behind a fence of backticks has none, else it is code within a line. */
const fenceOf = (line: string): Fence | null => {
  const [, around = '', marks] =
    /^((?: {0,3}(?:>|(?:[-+*]|\d{1,9}[.)])(?= )))*) {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line) ?? []
  return marks === undefined
    ? null
    : { marks, column: around === '' ? 0 : around.length + 1, isQuoted: around.includes('>') }
}

const isEnd = (line: string, { marks, column }: Fence): boolean => {
  const [, found] = (column === 0 ? /^ {0,3}([`~]+)\s*$/ : /^[\s>]*([`~]+)\s*$/).exec(line) ?? []
  return found !== undefined && found.startsWith(marks) && new Set(found).size === 1
}

/** Code in a list item or a quotation ends with it. */
const isBehind = (line: string, { column, isQuoted }: Fence): boolean => {
  if (column === 0) return false
  if (isQuoted) return !/^ {0,3}>/.test(line)
  return line.trim() !== '' && line.search(/\S/) < column
}

/** Neither a heading nor a rule, list, quotation, table, fence or indented code: what a line of marks below makes a heading. */
const isWords = (line: string | undefined): line is string =>
  line !== undefined &&
  line.trim() !== '' &&
  !/^( {4}|\t)|^ {0,3}(#{1,6}(\s|$)|[>|]|[-+*]\s|\d{1,9}[.)]\s|`{3}|~{3}|([-_*][ \t]*){3,}$)/.test(
    line,
  )

const addLine = (lines: string[], line: string) => {
  const [, underline] = /^ {0,3}(=+|-+)[ \t]*$/.exec(line) ?? []
  const above = lines.at(-1)
  if (underline !== undefined && isWords(above)) {
    // A heading of several lines has no other form: its words stay, its marks mean themselves.
    if (isWords(lines.at(-2))) return lines.push(`\\${underline}`)
    const level = (underline.startsWith('=') ? 1 : 2) + levelsDown
    lines[lines.length - 1] = `${'#'.repeat(level)} ${above.trim()}`
    return lines.length
  }
  return lines.push(
    line
      .replace(
        /^( {0,3})(#{1,6})(?=\s|$)/,
        (_whole, space: string, marks: string) =>
          `${space}${'#'.repeat(Math.min(6, marks.length + levelsDown))}`,
      )
      // HTML that begins a line may go on to the end of the file; an address in such brackets is a link.
      .replace(/^( {0,3})<(?![a-z][a-z0-9+.-]+:[^\s<>]*>)/i, '$1\\<'),
  )
}
