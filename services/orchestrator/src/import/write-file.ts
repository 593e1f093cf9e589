import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AppError } from '@maestro/contracts/errors'
import { readTaskLine } from '@maestro/contracts/task-file/task-lines'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { Transaction } from '@maestro/service-kit/database'
import { insertEvents } from '../store/commit.ts'
import { eventAsWritten } from './event-as-written.ts'

/** Of one statement. */
const eventsMax = 500
const eventsBytesMax = 2 * 1024 * 1024
const textsMax = 5_000

/** Writes what a file holds that was read and checked before: its events, and that its texts stay. */
export const writeFile = async (
  transaction: Transaction,
  lines: AsyncIterable<string | null>,
  texts: readonly string[],
): Promise<void> => {
  for await (const events of eventsIn(lines))
    await transaction`${insertEvents(transaction, events)}`
  for (let from = 0; from < texts.length; from += textsMax) {
    const some = texts.slice(from, from + textsMax)
    const kept = await transaction`
      update payloads set named = true where sha256 = any(${some}::text[])`
    // They are younger than what is swept; but nothing is imported by halves.
    if (kept.count !== some.length) {
      throw new AppError('UNAVAILABLE', { reason: 'texts of the file are gone: send it again' })
    }
  }
}

/** The events of a file, some at a time; they stand between its first line and its texts. */
const eventsIn = async function* (
  lines: AsyncIterable<string | null>,
): AsyncGenerator<readonly TaskEvent[]> {
  let events: TaskEvent[] = []
  let bytes = 0
  let isFirst = true
  for await (const line of lines) {
    if (isFirst) {
      isFirst = false
      continue
    }
    const text = line === null ? '' : (readTaskLine(line)?.text ?? '')
    if (!text.startsWith('{"event":')) break
    const { event } = JSON.parse(text) as { event: unknown }
    events.push(eventAsWritten(CloudEvent.parse(event)))
    bytes += text.length
    if (events.length < eventsMax && bytes < eventsBytesMax) continue
    yield events
    events = []
    bytes = 0
  }
  if (events.length > 0) yield events
}
