import { AppError } from '@maestro/contracts/errors'
import { ClientMessage, liveTopicsMax } from '@maestro/contracts/gateway/live-feed'
import { TaskId } from '@maestro/contracts/ids'
import { errorBodyOf } from '../plugins/errors.ts'
import { toHttpError } from '../plugins/to-http-error.ts'
import { writeMessage } from './live-message.ts'
import type { FrameClock } from './frame-clock.ts'
import type { FramePress } from './frame-press.ts'
import { createOutbox, type FrameSink } from './outbox.ts'
import type { TaskFeeds } from './task-feeds.ts'
import type { Topics } from './topics.ts'
import type { Viewer } from './viewer.ts'

/** One client's connection: its topics and what waits to be sent to it. */
export type LiveSocket = {
  hear: (data: Buffer, isBinary: boolean) => void
  close: () => void
}

type Subscription = { viewer: Viewer; leave: () => void }

/** Messages of a client: a console subscribes to a handful of topics, then is silent. */
const messagesPerSecondMax = 100

export const createLiveSocket = ({
  sink,
  clock,
  press,
  feeds,
  topics,
  requestId,
  bufferedCharactersMax,
}: {
  sink: FrameSink
  clock: FrameClock
  press: FramePress
  feeds: TaskFeeds
  topics: Topics
  /** Of the request that opened the socket; errors carry it. */
  requestId: string
  /** What may wait for this client before it is cut from a topic. */
  bufferedCharactersMax: number
}): LiveSocket => {
  const outbox = createOutbox({ sink, clock, press, charactersMax: bufferedCharactersMax })
  const subscriptions = new Map<string, Subscription>()
  let heard = { second: 0, count: 0 }

  const sayError = (cause: unknown, topic?: string) => {
    const error = errorBodyOf(toHttpError(cause), requestId)
    outbox.say(writeMessage({ op: 'error', error, ...(topic === undefined ? {} : { topic }) }))
  }

  const unsubscribe = (topic: string) => {
    subscriptions.get(topic)?.leave()
    subscriptions.delete(topic)
  }

  const createSubscription = (
    topic: string,
    taskId: TaskId | null,
    after: number,
  ): Subscription => {
    let hasLeft = false
    /** The client has, or is being sent, everything up to here. */
    let position = after
    const leave = () => {
      hasLeft = true
      if (taskId === null) topics.leave(topic, viewer)
      else feeds.leave(taskId, viewer)
    }
    const cut = () => {
      const firstTaken = outbox.takeBack(topic)
      unsubscribe(topic)
      const seq = firstTaken === null ? position : firstTaken - 1
      outbox.say(writeMessage({ op: 'lagged', topic, seq }))
    }
    const viewer: Viewer = {
      deliver: (text, events) => {
        if (hasLeft) return
        if (!outbox.push(topic, text, events)) cut()
        else if (events !== null) position = events.last
      },
      caughtUp: (seq) => {
        position = seq
      },
      room: outbox.room,
      hasLeft: () => hasLeft,
    }
    return { viewer, leave }
  }

  const subscribe = async (topic: string, after: number | undefined) => {
    unsubscribe(topic)
    if (subscriptions.size >= liveTopicsMax) {
      throw new AppError('INVALID_INPUT', { reason: 'too many topics', topicsMax: liveTopicsMax })
    }
    const taskId = topic.startsWith('task:') ? TaskId.parse(topic.slice('task:'.length)) : null
    const subscription = createSubscription(topic, taskId, after ?? 0)
    subscriptions.set(topic, subscription)
    if (taskId === null) return topics.join(topic, subscription.viewer)
    try {
      await feeds.join(taskId, subscription.viewer, after)
    } catch (error) {
      // Given up, cut or asked for anew in the meantime: nobody waits for this answer.
      if (subscription.viewer.hasLeft()) return
      unsubscribe(topic)
      throw error
    }
  }

  const act = async (message: ClientMessage) => {
    try {
      if (message.op === 'unsubscribe') unsubscribe(message.topic)
      else await subscribe(message.topic, message.after)
    } catch (error) {
      sayError(error, message.topic)
    }
  }

  const isTooFast = () => {
    const second = Math.floor(performance.now() / 1_000)
    heard = heard.second === second ? { second, count: heard.count + 1 } : { second, count: 1 }
    return heard.count > messagesPerSecondMax
  }

  return {
    hear: (data, isBinary) => {
      try {
        if (isTooFast()) throw new AppError('RATE_LIMITED', { messagesPerSecondMax })
        void act(readMessage(data, isBinary))
      } catch (error) {
        sayError(error)
      }
    },
    close: () => {
      outbox.close()
      for (const topic of subscriptions.keys()) unsubscribe(topic)
    },
  }
}

const readMessage = (data: Buffer, isBinary: boolean): ClientMessage => {
  const message = ClientMessage.safeParse(readFrame(data, isBinary))
  if (message.success) return message.data
  throw new AppError('INVALID_INPUT', {
    issues: message.error.issues.map(({ path, message: text }) => ({
      path: path.join('.'),
      message: text,
    })),
  })
}

const readFrame = (data: Buffer, isBinary: boolean): unknown => {
  if (isBinary) throw new AppError('INVALID_INPUT', { reason: 'a frame is text' })
  try {
    return JSON.parse(data.toString('utf8'))
  } catch (cause) {
    throw new AppError('INVALID_INPUT', { reason: 'the frame is no JSON' }, { cause })
  }
}
