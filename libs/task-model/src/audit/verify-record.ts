import { canonical, type Json } from '../approval/digest-of.ts'
import { sha256Of } from '../approval/sha256-of.ts'
import { recordFormat } from './approval-record.ts'

export type VerifiedRecord =
  | { ok: true; entries: number; taskId: string; head: string }
  /** `line`: where it breaks, from 1. */
  | { ok: false; line: number; problem: string }

/** Whether a record of approvals is whole and as it was made; where it is not, the first line that shows it. */
export const verifyRecord = (text: string, expectedHead?: string): VerifiedRecord => {
  const lines = text.split('\n')
  const last = lines.pop()
  const broken = (line: number, problem: string): VerifiedRecord => ({ ok: false, line, problem })
  if (last !== '') return broken(lines.length + 1, 'the file was cut in the middle of a line')
  let previous = ''
  let taskId = ''
  for (const [index, line] of lines.entries()) {
    const number = index + 1
    const value = parsed(line)
    if (value === null) return broken(number, 'it is no line of a record')
    if (index === 0) {
      if (value['format'] !== recordFormat || value['version'] !== 1)
        return broken(1, 'it does not begin as a record of approvals of version 1 does')
      taskId = typeof value['taskId'] === 'string' ? value['taskId'] : ''
    } else if (value['previous'] !== sha256Of(previous)) {
      return broken(
        number,
        'the line before it was changed, or lines were left out, put in or moved',
      )
    } else if (value['end'] === true) {
      if (value['entries'] !== index - 1)
        return broken(number, 'it counts other entries than there are')
      if (number !== lines.length) return broken(number + 1, 'there is more after the end')
      return ended(line, { entries: index - 1, taskId, number, expectedHead })
    } else if (value['entry'] !== index) {
      return broken(number, `it should be entry ${index}`)
    }
    previous = line
  }
  return broken(lines.length + 1, 'the end is missing: the file was cut')
}

const ended = (
  line: string,
  {
    expectedHead,
    number,
    ...found
  }: { entries: number; taskId: string; number: number; expectedHead: string | undefined },
): VerifiedRecord => {
  const head = sha256Of(line)
  if (expectedHead === undefined || expectedHead === head) return { ok: true, ...found, head }
  const problem = `the last line has the hash ${head}, not the one that was expected`
  return { ok: false, line: number, problem }
}

/** Null when it is no object, or not written as records are. */
const parsed = (line: string): Readonly<Record<string, Json>> | null => {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    const object = value as Readonly<Record<string, Json>>
    return canonical(object) === line ? object : null
  } catch {
    return null
  }
}
