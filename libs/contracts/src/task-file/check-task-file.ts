import { readTaskLine, type Sha256, taskFileFormat, taskFileVersion } from './task-lines.ts'

export type CheckedTaskFile =
  | { ok: true; taskId: string; events: number; payloads: number; missing: number }
  /** `line`: where it breaks, from 1; `seq`: the event that stands there or came last. */
  | { ok: false; line: number; seq: number | null; problem: string }

type Content = Readonly<Record<string, unknown>>

/**
 * Looks at a task's file line by line, so that none has to be held whole. `take` says what is wrong with the file as
 * soon as it is; `end` says what is in it.
 */
export const createTaskFileCheck = (sha256: Sha256, sha256OfBase64: Sha256) => {
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
      if (version !== taskFileVersion) return broken(`version ${String(version)} is not known here`)
      taskId = String(content['taskId'])
      at = Number(content['at'])
      return null
    }
    if ('event' in content) return takeEvent(content['event'] as Content)
    if ('payload' in content) return takePayload(content)
    if ('missing' in content) {
      count.missing += 1
      return null
    }
    if (!('end' in content)) return broken('it says neither an event, nor a payload, nor the end')
    isEnded = true
    const { events, payloads, missing } = content['end'] as Content
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
    const named = (payload as Content)['sha256']
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
      try {
        return takeContent(JSON.parse(read.text) as Content)
      } catch {
        return broken('it is no line of a task’s file')
      }
    },
    end: (): CheckedTaskFile =>
      isEnded
        ? { ok: true, taskId, ...count }
        : broken('the end is missing: the file was cut', lines + 1),
  }
}
