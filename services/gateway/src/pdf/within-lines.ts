/** No paragraph is longer: reading one as Markdown, and breaking it into lines, may take more than linear time. */
const lineCharactersMax = 5_000

/** Lines that would take too long are made paragraphs of their own, between words where there are any. */
export const withinLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line.length <= lineCharactersMax ? line : paragraphsOf(line)))
    .join('\n')

const paragraphsOf = (line: string): string => {
  const paragraphs: string[] = []
  for (let from = 0; from < line.length;) {
    const end = from + lineCharactersMax
    const space = end < line.length ? line.lastIndexOf(' ', end) : end
    const to = space > from ? space : isHighSurrogate(line, end - 1) ? end - 1 : end
    paragraphs.push(line.slice(from, to))
    from = to
  }
  return paragraphs.join('\n\n')
}

const isHighSurrogate = (text: string, at: number) => /[\uD800-\uDBFF]/.test(text.charAt(at))
