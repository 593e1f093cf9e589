// L1 Each line is JSON with the SHA-256 of the line before it and of its own content: whatever is changed, left out,
//    put in or moved shows at its very line.
// L2 The last line says how much there is: a file that was cut has none.
// L3 A payload stands behind the events, once, under the hash that they name it by.

export const taskFileFormat = 'maestro.task'
export const taskFileVersion = 1

export type Sha256 = (text: string) => string

const opening = '{"hash":"'
const between = '","of":'

/** Chains contents to lines. */
export const createTaskLines = (sha256: Sha256) => {
  let previous = ''
  return (content: unknown): string => {
    const text = JSON.stringify(content)
    previous = sha256(`${previous}${text}`)
    return `${opening}${previous}${between}${text}}\n`
  }
}

/** A line without its end, taken apart; null when it is none. */
export const readTaskLine = (line: string): { hash: string; text: string } | null => {
  const from = opening.length + 64
  const isLine = line.startsWith(opening) && line.startsWith(between, from) && line.endsWith('}')
  if (!isLine) return null
  return { hash: line.slice(opening.length, from), text: line.slice(from + between.length, -1) }
}
