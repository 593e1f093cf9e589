const titleCharactersMax = 120
const segmenter = new Intl.Segmenter('en')

/** A task's title: the first line of its goal, cut at a word. */
export const titleOf = (goal: string): string => {
  const line = (goal.trim().split('\n', 1)[0] ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim()
  const plain = (line.replace(/^#+\s*/, '') || line).toWellFormed()
  // As people count characters: half of a surrogate pair is no text, and no database takes it.
  const characters = Array.from(segmenter.segment(plain), ({ segment }) => segment)
  if (characters.length <= titleCharactersMax) return plain
  const cut = characters.slice(0, titleCharactersMax - 1)
  const atWord = cut.lastIndexOf(' ')
  return `${cut.slice(0, atWord < titleCharactersMax / 2 ? cut.length : atWord).join('')}…`
}
