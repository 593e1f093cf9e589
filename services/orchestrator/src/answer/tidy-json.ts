const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/**
 * JSON with what small models get wrong and what can mean one thing only: raw line ends and tabs within
 * a text, comments, and a comma before a closing bracket. Anything else stays as it is, and is no JSON.
 * One pass: linear in the length.
 */
export const tidyJson = (text: string): string => {
  const parts: string[] = []
  /** Where the last part stands that is no white space. */
  let solid = -1
  let isText = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (isText) {
      if (character === '\\') {
        parts.push(text.slice(at, at + 2))
        at += 1
        continue
      }
      if (character === '"') isText = false
      parts.push(escapes[character] ?? character)
    } else if (character === '/' && text.charAt(at + 1) === '/') {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end - 1
      continue
    } else if (character === '/' && text.charAt(at + 1) === '*') {
      const end = text.indexOf('*/', at + 2)
      at = end < 0 ? text.length : end + 1
      continue
    } else {
      if (character === '"') isText = true
      if ((character === '}' || character === ']') && parts[solid] === ',') parts[solid] = ''
      parts.push(character)
    }
    if (isText || character.trim() !== '') solid = parts.length - 1
  }
  return parts.join('')
}
