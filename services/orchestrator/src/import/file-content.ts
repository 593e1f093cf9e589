import { TaskId } from '@maestro/contracts/ids'
import { payloadBytesMax, PayloadRef } from '@maestro/contracts/payload/payload-ref'
import { refsIn } from '@maestro/contracts/payload/refs-in'
import type { TaskFileContent } from '@maestro/contracts/task-file/check-task-file'
import { goalCharactersMax } from '@maestro/contracts/task/task-endpoints'
import type { Payload } from '@maestro/service-kit/payload'
import { evolve } from '@maestro/task-model/evolve'
import { type BornTask, type Task, unbornTask } from '@maestro/task-model/task'
import { z } from 'zod'
import { importedEvent } from './imported-event.ts'

/** What a file says of itself in its first line, beside its format. */
const Header = z.object({
  taskId: TaskId,
  exportedAt: z.iso.datetime().optional().catch(undefined),
  from: z.string().min(1).max(300).optional().catch(undefined),
})

export type FileContent = {
  header: z.infer<typeof Header>
  /** As its events tell it. */
  task: BornTask
  /** In full, as far as the file has it. */
  goal: string
  /** Hashes of the texts that it held. */
  texts: readonly string[]
}

const Place = PayloadRef.omit({ preview: true })

/** Gathers what the lines of a file say, and says what of it cannot be taken. */
export const createFileContent = (nowMs: number) => {
  let header: FileContent['header'] | null = null
  let task: Task = unbornTask
  let goal: string | null = null
  /** Named by events, and not come yet. */
  const awaited = new Set<string>()
  const texts: string[] = []
  let news: Payload[] = []
  let newsBytes = 0

  const takeHeader = (content: TaskFileContent): string | null => {
    const read = Header.safeParse(content)
    if (!read.success) return 'it does not say of which task it is'
    header = read.data
    return null
  }

  const takeEvent = (value: unknown, { taskId }: FileContent['header']): string | null => {
    if (texts.length > 0) return 'events stand before texts'
    const read = importedEvent(value, taskId, nowMs)
    if ('problem' in read) return read.problem
    try {
      task = evolve(task, read.event)
    } catch {
      return `${read.event.type} cannot follow on what was before it`
    }
    for (const { sha256 } of refsIn(read.event.data)) awaited.add(sha256)
    return null
  }

  const takeText = ({ payload, text, base64 }: TaskFileContent): string | null => {
    const place = Place.safeParse(payload)
    if (!place.success) return 'it is no text of a task'
    const { sha256, bytes, mediaType } = place.data
    const content =
      typeof text === 'string' ? Buffer.from(text) : Buffer.from(String(base64), 'base64')
    if (content.length !== bytes) return `the text has ${content.length} bytes, not ${bytes}`
    if (bytes > payloadBytesMax) return `a text has at most ${payloadBytesMax} bytes`
    if (!awaited.delete(sha256)) return 'no event names this text'
    if (task.status !== 'unborn' && task.goal.sha256 === sha256) goal = content.toString('utf8')
    texts.push(sha256)
    const ref = { service: 'orchestrator' as const, sha256, bytes, mediaType, preview: '' }
    news.push({ ref, content })
    newsBytes += bytes
    return null
  }

  const takeMissing = (value: unknown): string | null => {
    const place = Place.safeParse(value)
    return place.success && awaited.delete(place.data.sha256) ? null : 'no event names this text'
  }

  const takeEnd = (): string | null => {
    if (task.status === 'unborn') return 'it holds no event'
    const [lacking] = awaited
    if (lacking === undefined) return null
    return `texts that its events name are neither in it nor told as missing: ${awaited.size}, such as ${lacking}`
  }

  return {
    /** Null: so far it can be taken. */
    take: (content: TaskFileContent): string | null => {
      if (header === null) return takeHeader(content)
      if ('event' in content) return takeEvent(content['event'], header)
      if ('payload' in content) return takeText(content)
      return 'missing' in content ? takeMissing(content['missing']) : takeEnd()
    },
    /** Known from the first line on. */
    taskId: (): TaskId | null => header?.taskId ?? null,
    /** How much the texts have that nobody has asked for. */
    news: () => ({ count: news.length, bytes: newsBytes }),
    takeNews: (): readonly Payload[] => {
      const taken = news
      news = []
      newsBytes = 0
      return taken
    },
    /** Null before its end. */
    read: (): FileContent | null => {
      if (task.status === 'unborn' || header === null) return null
      // NUL is in no column of text.
      const words = (goal ?? task.goal.preview).replaceAll('\0', ' ').slice(0, goalCharactersMax)
      return { header, task, goal: words, texts }
    },
  }
}
