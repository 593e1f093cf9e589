import { readTaskLine, type Sha256, taskFileFormat, taskFileVersion } from './task-lines.ts'

export type CheckedTaskFile =
  | {
      ok: true
      taskId: string
      events: number
      payloads: number
      missing: number
      /** Of the last line, and so of the whole file. */
      hash: string
    }
  /** `line`: where it breaks, from 1; `seq`: the event that stands there or came last. */
  | { ok: false; line: number; seq: number | null; problem: string }

/** What a line says. */
export type TaskFileContent = Readonly<Record<string, unknown>>
type Content = TaskFileContent

/**
 * Looks at a task's file line by line, so that none has to be held whole. `take` says what is wrong with the file as
 * soon as it is; `end` says what is in it.
 */
export const createTaskFileCheck = (
  sha256: Sha256,
  sha256OfBase64: Sha256,
  /** Is given what each line says that is as it should be; and says what is wrong with that, if anything is. */
  take: (content: TaskFileContent) => string | null = () => null,
) => {
  let previous = ''
  let lines = 0
  let taskId = ''
  let at = 0
  const count = { events: 0, payloads: 0, missing: 0 }
  let isEnded = false

  const broken = (problem: string, line = lines): CheckedTaskFile => ({
    ok: false,
    line,
    seq: count.events === 0 ? null : count.events,
    problem,
  })

  const takeContent = (content: Content): CheckedTaskFile | null => {
    if (lines === 1) {
      const { format, version } = content
      if (format !== taskFileFormat) return broken('it does not begin as the file of a task does')
      if (version !== taskFileVersion) {
        const known = `${String(version)} of the format is not known here, only ${taskFileVersion}`
        return broken(`version ${known}`)
      }
      taskId = String(content['taskId'])
      at = Number(content['at'])
      return null
    }
    if ('event' in content) return takeEvent(partOf(content['event']))
    if ('payload' in content) return takePayload(content)
    if ('missing' in content) {
      count.missing += 1
      return null
    }
    if (!('end' in content)) return broken('it says neither an event, nor a payload, nor the end')
    isEnded = true
    const { events, payloads, missing } = partOf(content['end'])
    const isWhole =
      events === count.events && payloads === count.payloads && missing === count.missing
    if (!isWhole || count.events !== at) return broken('it counts other lines than there are')
    return null
  }

  const takeEvent = ({ seq, subject }: Content): CheckedTaskFile | null => {
    if (subject !== taskId) return broken('the event is of another task')
    count.events += 1
    return seq === count.events ? null : broken(`it should be event ${count.events}`)
  }

  const takePayload = ({ payload, text, base64 }: Content): CheckedTaskFile | null => {
    count.payloads += 1
    const named = partOf(payload)['sha256']
    const hash =
      typeof text === 'string'
        ? sha256(text)
        : typeof base64 === 'string'
          ? sha256OfBase64(base64)
          : null
    return hash === named ? null : broken('the payload is not what it is named by')
  }

  return {
    /** One line without its end; null: so far it is whole. */
    take: (line: string): CheckedTaskFile | null => {
      lines += 1
      if (isEnded) return broken('there is more after the end')
      const read = readTaskLine(line)
      if (read === null) return broken('it is no line of a task’s file, or it was cut')
      if (sha256(`${previous}${read.text}`) !== read.hash)
        return broken('it was changed, or lines before it were left out, put in or moved')
      previous = read.hash
      const content = contentOf(read.text)
      const problem =
        content === null ? broken('it is no line of a task’s file') : takeContent(content)
      if (content === null || problem !== null) return problem
      const other = take(content)
      return other === null ? null : broken(other)
    },
    end: (): CheckedTaskFile =>
      isEnded
        ? { ok: true, taskId, ...count, hash: previous }
        : broken('the end is missing: the file was cut', lines + 1),
  }
}

/** Null for what is no object. */
const contentOf = (text: string): Content | null => {
  try {
    const value: unknown = JSON.parse(text)
    return isContent(value) ? value : null
  } catch {
    return null
  }
}

const isContent = (value: unknown): value is Content => typeof value === 'object' && value !== null

const partOf = (value: unknown): Content => (isContent(value) ? value : {})
