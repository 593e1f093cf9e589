const titleCharactersMax = 120

/** A task's title: the first line of its goal, cut at a word. */
export const titleOf = (goal: string): string => {
  const line = goal.trim().split('\n', 1)[0]?.replace(/\s+/g, ' ').trim() ?? ''
  const plain = line.replace(/^#+\s*/, '')
  if (plain.length <= titleCharactersMax) return plain
  const cut = plain.slice(0, titleCharactersMax - 1)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), titleCharactersMax / 2))}…`
}
