import { AppError } from '@maestro/contracts/errors'
import { z } from 'zod'
import { asBusOutage } from './bus-outage.ts'
import {
  createInbox,
  type MsgHdrs,
  headers as newHeaders,
  type NatsConnection,
  NatsEvents,
} from './nats.ts'
import { toAppError } from './wire-error.ts'

/** JetStream's "wrong last sequence": somebody else has published to this subject since we looked. */
const wrongLastSequence = 10_071

const Acknowledgement = z.object({
  seq: z.int().nonnegative().optional(),
  duplicate: z.boolean().optional(),
  error: z
    .object({ code: z.int(), err_code: z.int().optional(), description: z.string().optional() })
    .optional(),
})

export type StreamMessage = {
  subject: string
  data: string
  /** The stream takes a message of this id once within its duplicate window. */
  messageId: string
  /** The message is refused unless the subject's last one has this stream sequence; 0: unless there is none. */
  lastSubjectSequence?: number
  headers?: MsgHdrs
}

/**
 * Publishes to JetStream and waits for the acknowledgement. The client's own way makes an error with
 * its stack trace, a timer and a promise chain for each message, and costs several times the message:
 * here one subscription hears all acknowledgements and one timer sees to those that are late.
 */
export type StreamPublisher = {
  /** @throws {AppError} `VERSION_CONFLICT` for another last sequence, `TIMEOUT`, `UNAVAILABLE` when no stream listens or refuses, `PAYLOAD_TOO_LARGE`. */
  publish: (message: StreamMessage) => Promise<{ streamSeq: number; duplicate: boolean }>
  stop: () => void
}

type Waiting = {
  resolve: (acknowledged: { streamSeq: number; duplicate: boolean }) => void
  reject: (error: AppError) => void
  subject: string
  lateAt: number
}

/** A server that does not acknowledge within this is not there. */
const acknowledgeMsMax = 5_000
const lookEveryMs = 500

export const createStreamPublisher = (
  nats: NatsConnection,
  inboxPrefix?: string,
): StreamPublisher => {
  const inbox = createInbox(inboxPrefix)
  const waiting = new Map<string, Waiting>()
  let sent = 0

  const settle = (token: string, outcome: { streamSeq: number; duplicate: boolean } | AppError) => {
    const one = waiting.get(token)
    waiting.delete(token)
    if (outcome instanceof AppError) one?.reject(outcome)
    else one?.resolve(outcome)
  }
  const subscription = nats.subscribe(`${inbox}.*`, {
    // Nothing here waits, so a callback may do it.
    callback: (error, message) => {
      if (error) return
      const token = message.subject.slice(inbox.length + 1)
      settle(token, outcomeOf(message.data, waiting.get(token)?.subject ?? ''))
    },
  })
  const settleAll = (error: (subject: string) => AppError) => {
    for (const [token, { subject }] of waiting) settle(token, error(subject))
  }
  // An acknowledgement that was on its way when the connection broke will not come: whoever waits for
  // it should ask again as soon as there is a server, and not when its time is over.
  const watchBus = async () => {
    for await (const { type } of nats.status()) {
      if (type === NatsEvents.Disconnect) {
        settleAll((subject) => new AppError('UNAVAILABLE', { subject, reason: 'disconnected' }))
      }
    }
  }
  void watchBus()
  const timer = setInterval(() => {
    const now = Date.now()
    // In order of sending: the first one that is not late ends the search.
    for (const [token, { lateAt, subject }] of waiting) {
      if (lateAt > now) break
      settle(token, new AppError('TIMEOUT', { subject }))
    }
  }, lookEveryMs)

  return {
    publish: ({ subject, data, messageId, lastSubjectSequence, headers = newHeaders() }) =>
      new Promise((resolve, reject) => {
        sent += 1
        const token = sent.toString(36)
        headers.set('Nats-Msg-Id', messageId)
        if (lastSubjectSequence !== undefined) {
          headers.set('Nats-Expected-Last-Subject-Sequence', String(lastSubjectSequence))
        }
        waiting.set(token, { resolve, reject, subject, lateAt: Date.now() + acknowledgeMsMax })
        try {
          nats.publish(subject, data, { reply: `${inbox}.${token}`, headers })
        } catch (cause) {
          settle(token, toAppError(asBusOutage(cause, { subject })))
        }
      }),
    stop: () => {
      clearInterval(timer)
      subscription.unsubscribe()
      settleAll((subject) => new AppError('UNAVAILABLE', { subject, reason: 'stopping' }))
    },
  }
}

const outcomeOf = (
  data: Uint8Array,
  subject: string,
): { streamSeq: number; duplicate: boolean } | AppError => {
  // "No responders" comes without a body: there is no such stream, or no server that has it.
  if (data.length === 0)
    return new AppError('UNAVAILABLE', { subject, reason: 'no stream takes this' })
  try {
    const { seq, duplicate, error } = Acknowledgement.parse(
      JSON.parse(new TextDecoder().decode(data)),
    )
    if (error?.err_code === wrongLastSequence) return new AppError('VERSION_CONFLICT', { subject })
    if (error || seq === undefined) {
      return new AppError('UNAVAILABLE', { subject, reason: error?.description ?? 'refused' })
    }
    return { streamSeq: seq, duplicate: duplicate ?? false }
  } catch (cause) {
    return new AppError('INTERNAL', { subject, reason: 'not an acknowledgement' }, { cause })
  }
}
