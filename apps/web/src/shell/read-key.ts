/** What somebody typed as a key: one character, or two in a row with or without a space between. Null: it is neither. */
export const readKey = (typed: string): string | null => {
  const characters = typed.toLowerCase().match(/\S/gu) ?? []
  return characters.length === 1 || characters.length === 2 ? characters.join(' ') : null
}
