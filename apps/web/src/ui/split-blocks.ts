const fenceOf = (line: string): string | null => /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null

/**
 * Cuts Markdown where a block surely ends: before a heading that follows an empty line, outside of
 * code. Joined again the pieces are the text, and each piece reads the same alone as in the whole
 * (text with reference definitions, which reach over blocks, is not cut).
 */
export const splitBlocks = (text: string): string[] => {
  if (/^ {0,3}\[[^\]]+\]:/m.test(text)) return [text]
  const blocks: string[] = []
  let block: string[] = []
  let fence: string | null = null
  let afterEmpty = false
  for (const line of text.split('\n')) {
    const mark = fenceOf(line)
    if (fence === null && afterEmpty && /^#{1,6} /.test(line) && block.length > 0) {
      blocks.push(block.join('\n'))
      block = []
    }
    if (mark !== null && fence === null) fence = mark
    else if (mark !== null && fence !== null && line.trim().startsWith(fence)) fence = null
    afterEmpty = line.trim() === ''
    block.push(line)
  }
  blocks.push(block.join('\n'))
  return blocks
}
