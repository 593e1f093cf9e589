/** Headings of a report stand above those of what it holds. */
const levelsDown = 2

/**
 * A Markdown text as a part of another one: its headings step down, and a fence that it leaves open is
 * closed, so that nothing behind it becomes code.
 */
export const embeddedMarkdown = (text: string): string => {
  let fence: string | null = null
  const lines = text.split('\n').map((line) => {
    const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line)
    if (mark) {
      const [, ticks = '', rest = ''] = mark
      if (fence === null) fence = ticks
      else if (ticks.startsWith(fence) && rest.trim() === '') fence = null
      return line
    }
    if (fence !== null) return line
    return line.replace(
      /^( {0,3})(#{1,6})(?=\s)/,
      (_whole, space: string, marks: string) =>
        `${space}${'#'.repeat(Math.min(6, marks.length + levelsDown))}`,
    )
  })
  if (fence !== null) lines.push(fence)
  return lines.join('\n')
}
