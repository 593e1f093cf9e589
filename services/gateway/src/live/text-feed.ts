import { taskLiveSubject } from '@maestro/contracts/bus/subjects'
import type { TaskId } from '@maestro/contracts/ids'
import type { LiveDelta } from '@maestro/contracts/llm/live-delta'
import type { Logger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import { createCallTexts, type TextPiece } from './call-texts.ts'
import { type LiveEvent, topicOfTask, writeMessage } from './live-message.ts'
import { readDelta } from './read-delta.ts'
import { readLiveStream } from './read-live-stream.ts'
import type { Viewer } from './viewer.ts'

/** Pieces of one call that come within so many milliseconds go on as one. */
const mergeMs = 16
/** Pieces that wait while the stream is read: seconds of a fast model's text. */
const earlyMax = 5_000

/** The running texts of one watched task: one subscription, however many watch. */
export type TextFeed = {
  /** A new viewer gets the text so far first. */
  join: (viewer: Viewer) => void
  leave: (viewer: Viewer) => void
  /** A call that ended has its answer in the journal; its text is no longer needed. */
  hear: (event: LiveEvent) => void
  close: () => void
}

const endOfCall = new Set(['maestro.CallFinished', 'maestro.CallFailed'])
const endOfTask = new Set(['maestro.TaskSucceeded', 'maestro.TaskFailed', 'maestro.TaskCancelled'])

export const createTextFeed = ({
  taskId,
  nats,
  log,
}: {
  taskId: TaskId
  nats: NatsConnection
  log: Logger
}): TextFeed => {
  const topic = topicOfTask(taskId)
  const texts = createCallTexts()
  const viewers = new Set<Viewer>()
  let merging: NodeJS.Timeout | null = null
  let reading: Promise<void> | null = null
  /** Pieces that came while the stream is read: they follow what is read. */
  let early: LiveDelta[] = []

  const messageOf = (piece: TextPiece) => writeMessage({ op: 'delta', topic, ...piece })

  const tell = () => {
    if (merging !== null) clearTimeout(merging)
    merging = null
    const told = texts.untold().map(messageOf).join(',')
    if (told !== '') for (const viewer of viewers) viewer.deliver(told, null)
  }
  const tellSoon = () => {
    merging ??= setTimeout(tell, mergeMs)
  }

  /** Where pieces were missed, those behind the gap are let go: the console shows the answer when it is there. */
  const readStream = async () => {
    try {
      for (const delta of await readLiveStream(nats, taskId)) texts.take(delta)
    } catch (error) {
      log.debug({ err: error, taskId }, 'running texts cannot be read yet')
    }
    for (const delta of early) if (!texts.take(delta)) texts.tear(delta)
    early = []
    reading = null
    tellSoon()
  }

  const take = (delta: LiveDelta) => {
    if (reading !== null) {
      if (early.length < earlyMax) early.push(delta)
      return
    }
    if (texts.take(delta)) return tellSoon()
    early.push(delta)
    reading = readStream()
  }

  const subscription = nats.subscribe(taskLiveSubject(taskId))
  const listen = async () => {
    for await (const { data } of subscription) {
      const delta = readDelta(data)
      if (delta !== null) take(delta)
    }
  }
  void listen()
  reading = readStream()

  return {
    join: (viewer) => {
      // What is told to the others now must not follow after it was part of the text so far.
      tell()
      viewers.add(viewer)
      for (const piece of texts.soFar()) viewer.deliver(messageOf(piece), null)
    },
    leave: (viewer) => void viewers.delete(viewer),
    hear: ({ event: { type, data } }) => {
      if (endOfTask.has(type)) texts.endAll()
      else if (endOfCall.has(type)) texts.end(String(data['callId']))
    },
    close: () => {
      if (merging !== null) clearTimeout(merging)
      subscription.unsubscribe()
    },
  }
}
