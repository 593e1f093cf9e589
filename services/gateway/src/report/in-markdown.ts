/** Text as one line of Markdown that means just itself. */
export const inMarkdown = (text: string): string =>
  text
    .replace(/[\\`*_[\]<>#~]/g, (mark) => `\\${mark}`)
    .replace(/\s*\n\s*/g, ' ')
    .replace(/^(\s*)(\d+)([.)])/, '$1$2\\$3')
    .replace(/^(\s*)([-+])(?=\s)/, '$1\\$2')
