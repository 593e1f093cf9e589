/** One line of at most so many characters; where something was left away it ends with "…". */
export const shortText = (text: string, charactersMax: number): string => {
  // Only what can show is worth the work: some texts are megabytes.
  const line = text
    .slice(0, charactersMax * 4)
    .replace(/\s+/g, ' ')
    .trim()
  if (line.length <= charactersMax) return line
  const cut = line.slice(0, charactersMax - 1)
  const word = cut.lastIndexOf(' ')
  const kept = word > charactersMax / 2 ? cut.slice(0, word) : cut
  // The cut may have gone through a character of two units.
  return `${kept.replace(/[\uD800-\uDBFF]$/, '')}…`
}
