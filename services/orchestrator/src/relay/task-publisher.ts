import { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { streams } from '@maestro/contracts/bus/streams'
import { headlineSubject, taskEventSubject } from '@maestro/contracts/bus/subjects'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import { isHeadline } from '@maestro/contracts/task/headlines'
import { toCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { headers, type JetStreamManager, NatsError } from '@maestro/service-kit/nats'
import type { StreamPublisher } from '@maestro/service-kit/stream-publisher'
import { LRUCache } from 'lru-cache'
import type { Outbox } from './outbox.ts'

/** Places of tasks' last messages; one that fell out is looked up again. */
const placesMax = 20_000
/** Events that are read at once to fill a gap. */
const fillMax = 500

/** The last message of a task's subject: which event it is, and where it stands in the stream. */
type Place = { seq: number; streamSeq: number }

/**
 * Publishes one task's events in order, each once. The server itself refuses a message whose
 * predecessor is not the last one of its subject, so that neither a lost acknowledgement nor a second
 * relay can double or swap events.
 */
export type TaskPublisher = {
  /** Rising and dense from wherever the task's subject stands; what is missing before is filled in. */
  publish: (taskId: TaskId, events: readonly TaskEvent[]) => Promise<void>
  /** From wherever the task's subject stands up to this event, all out of the table. */
  publishUpTo: (taskId: TaskId, head: number) => Promise<void>
  /** Look at the stream again before trusting any place. */
  forgetPlaces: () => void
}

export const createTaskPublisher = ({
  stream,
  manager,
  outbox,
}: {
  stream: Pick<StreamPublisher, 'publish'>
  manager: JetStreamManager
  outbox: Outbox
}): TaskPublisher => {
  const places = new LRUCache<TaskId, Place>({ max: placesMax })

  const lookUp = async (taskId: TaskId): Promise<Place> => {
    try {
      const last = await manager.streams.getMessage(streams.events.name, {
        last_by_subj: taskEventSubject(taskId),
      })
      const { seq } = CloudEvent.pick({ seq: true }).parse(last.json())
      return { seq, streamSeq: last.seq }
    } catch (error) {
      if (error instanceof NatsError && error.code === '404') return { seq: 0, streamSeq: 0 }
      throw error
    }
  }

  const publishOne = async (event: TaskEvent, place: Place): Promise<Place> => {
    const message = toCloudEvent(event)
    const data = JSON.stringify(message)
    const fields = () => {
      const made = headers()
      if (event.traceparent !== undefined) made.set('traceparent', event.traceparent)
      return made
    }
    // Before the event: where that stands in the stream, nobody looks whether this does.
    if (isHeadline(event.type)) {
      await stream.publish({
        subject: headlineSubject(event.taskId),
        data,
        messageId: `${message.id}:headline`,
        headers: fields(),
      })
    }
    const { streamSeq } = await stream.publish({
      subject: taskEventSubject(event.taskId),
      data,
      messageId: message.id,
      lastSubjectSequence: place.streamSeq,
      headers: fields(),
    })
    return { seq: event.seq, streamSeq }
  }

  const publishNext = async (event: TaskEvent, place: Place): Promise<Place> => {
    const next = await publishOne(event, place)
    places.set(event.taskId, next)
    return next
  }

  const fillUpTo = async (taskId: TaskId, head: number, start: Place): Promise<Place> => {
    let place = start
    while (place.seq < head) {
      const missing = await outbox.range(taskId, place.seq, head, fillMax)
      if (missing.length === 0) throw new Error(`${taskId} lacks events up to ${head}`)
      for (const next of missing) place = await publishNext(next, place)
    }
    return place
  }

  const publishFrom = async (taskId: TaskId, events: readonly TaskEvent[], start: Place) => {
    let place = start
    for (const event of events) {
      // A bus that lost its stream, or events of another copy that we did not see: fill in from the table.
      place = await fillUpTo(taskId, event.seq - 1, place)
      if (event.seq > place.seq) place = await publishNext(event, place)
    }
  }

  /** From where we believe that the subject stands; from where it does, when the server says that we are wrong. */
  const fromPlace = async (
    taskId: TaskId,
    fresh: Place | undefined,
    publish: (start: Place) => Promise<unknown>,
  ) => {
    try {
      await publish(places.get(taskId) ?? fresh ?? (await lookUp(taskId)))
    } catch (error) {
      places.delete(taskId)
      // Another relay, or a message whose acknowledgement we did not hear.
      if (!(error instanceof AppError) || error.code !== 'VERSION_CONFLICT') throw error
      await publish(await lookUp(taskId))
    }
  }

  return {
    publish: (taskId, events) => {
      // A task's first event needs no look: the server refuses it if its subject is not empty.
      const fresh = events[0]?.seq === 1 ? { seq: 0, streamSeq: 0 } : undefined
      return fromPlace(taskId, fresh, (start) => publishFrom(taskId, events, start))
    },
    publishUpTo: (taskId, head) =>
      fromPlace(taskId, undefined, async (start) => {
        // So that the next look at the same events asks nobody.
        places.set(taskId, await fillUpTo(taskId, head, start))
      }),
    forgetPlaces: () => places.clear(),
  }
}
