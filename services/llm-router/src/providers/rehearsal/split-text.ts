/** The text in pieces of about the same length, never through the middle of a character. */
export const splitText = (
  text: string,
  { piecesMax, charactersMin }: { piecesMax: number; charactersMin: number },
): readonly string[] => {
  const size = Math.max(charactersMin, Math.ceil(text.length / piecesMax))
  const pieces: string[] = []
  for (let at = 0; at < text.length;) {
    const unit = text.charCodeAt(at + size - 1)
    const splitsPair = unit >= 0xd800 && unit <= 0xdbff
    const end = at + size + (splitsPair ? 1 : 0)
    pieces.push(text.slice(at, end))
    at = end
  }
  return pieces
}
