import type { Actor } from '@maestro/contracts/actor'
import type { TaskId } from '@maestro/contracts/ids'
import { taskEventData, type TaskEvent } from '@maestro/contracts/task/task-events'
import { packEvents, unpackEvents } from './packed-events.ts'
import { UnreadableEvents } from './unreadable-events.ts'

/** Events of one task that were committed together, from `seq` to `lastSeq`, packed. */
export type PackedRow = {
  taskId: TaskId
  seq: number
  lastSeq: number
  /** Of the last of them. */
  at: string
  packed: Buffer
}

/** As it is read: before events were packed, each had a row and its text in it. */
export type EventRow = { taskId: TaskId; seq: number } & (
  | { packed: Buffer }
  | {
      packed: null
      type: string
      at: Date
      actor: string
      data: string
      traceparent: string | null
    }
)

/** A row that is read holds no more of what nobody has asked for. */
const rowCharactersMax = 64 * 1024

/** The rows of events that stand in the order of their tasks. */
export const packedRowsOf = (events: readonly TaskEvent[]): PackedRow[] => {
  const rows: { last: TaskEvent; seq: number; texts: string[]; characters: number }[] = []
  for (const event of events) {
    const { type, data, at, actor, traceparent, taskId, seq } = event
    const text = JSON.stringify({ type, data, at, actor, traceparent })
    const row = rows.at(-1)
    const goesOn = row?.last.taskId === taskId && row.last.seq + 1 === seq
    if (goesOn && row.characters + text.length <= rowCharactersMax) {
      row.last = event
      row.texts.push(text)
      row.characters += text.length
    } else {
      rows.push({ last: event, seq, texts: [text], characters: text.length })
    }
  }
  return rows.map(({ last, seq, texts }) => ({
    taskId: last.taskId,
    seq,
    lastSeq: last.seq,
    at: last.at,
    packed: packEvents(texts),
  }))
}

const actorFrom = (text: string): Actor => {
  const colon = text.indexOf(':')
  return { kind: text.slice(0, colon) as Actor['kind'], id: text.slice(colon + 1) }
}

/**
 * Our own rows, written from checked events: their data is parsed, not checked again. A newer version
 * may have written kinds that this one does not know; they pass through to whoever reads events.
 * @throws {UnreadableEvents} naming the task and the event.
 */
export const eventsFromRow = (row: EventRow): TaskEvent[] => {
  const { taskId, seq } = row
  try {
    const stored =
      row.packed === null
        ? [
            {
              type: row.type,
              data: JSON.parse(row.data) as unknown,
              at: row.at.toISOString(),
              actor: actorFrom(row.actor),
              traceparent: row.traceparent ?? undefined,
            },
          ]
        : unpackEvents(row.packed)
    return stored.map(
      ({ type, data, at, actor, traceparent }, index) =>
        ({
          type,
          data,
          taskId,
          seq: seq + index,
          at,
          actor,
          ...(traceparent === undefined ? {} : { traceparent }),
        }) as TaskEvent,
    )
  } catch (cause) {
    throw new UnreadableEvents(taskId, seq, { cause })
  }
}

/** Nothing is decided on a state that lacks what an unknown event did to it. @throws {Error} */
export const mustBeKnown = (events: readonly TaskEvent[]): void => {
  for (const { type, taskId } of events) {
    if (Object.hasOwn(taskEventData, type)) continue
    throw new Error(
      `${taskId} holds an event ${type}, which this version does not know; run the newer one`,
    )
  }
}
