/** The text, or as much of its start as fits with a note that says how much is missing. */
export const cutText = (text: string, bytesMax: number): string => {
  // A UTF-16 unit is at most three bytes, so most texts need no count.
  if (text.length * 3 <= bytesMax) return text
  const bytes = Buffer.from(text)
  if (bytes.length <= bytesMax) return text
  const note = `\n[cut here: ${bytes.length} bytes in all, at most ${bytesMax} are shown; ask for less at once]`
  // `stream` drops the character that the cut went through instead of replacing it.
  const start = new TextDecoder().decode(bytes.subarray(0, bytesMax - Buffer.byteLength(note)), {
    stream: true,
  })
  return start + note
}
