/** What stands in a line of code at its size: what is longer goes on in the next line, after a sign that says so. */
const columnsMax = 96
const goesOn = '↪ '

/** Code as lines that fit a page, broken between words where one stands near the end. */
export const codeLines = (code: string): string[] =>
  code
    .replaceAll('\t', '    ')
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0009\u000B-\u001F\u007F\u202D\u202E]/g, '')
    .split('\n')
    .flatMap(wrapped)

const wrapped = (line: string): string[] => {
  if (line.length <= columnsMax) return [line]
  const lines: string[] = []
  const characters = Array.from(line)
  for (let from = 0; from < characters.length;) {
    const room = from === 0 ? columnsMax : columnsMax - goesOn.length
    const whole = characters.slice(from, from + room)
    const space = whole.lastIndexOf(' ')
    const isRest = from + room >= characters.length
    const length = isRest || space < room / 2 ? whole.length : space + 1
    lines.push(`${from === 0 ? '' : goesOn}${whole.slice(0, length).join('')}`)
    from += length
  }
  return lines
}
