import { llmWorkSubject } from '@maestro/contracts/bus/subjects'
import type { CallId } from '@maestro/contracts/ids'
import { CallReply, type CallWork } from '@maestro/contracts/llm/call-work'
import type { Logger } from '@maestro/service-kit/logger'
import { headers, type NatsConnection, NatsEvents } from '@maestro/service-kit/nats'
import { createOutageLog, type Outage } from '@maestro/service-kit/outage-log'
import type { StreamPublisher } from '@maestro/service-kit/stream-publisher'
import { injectTrace } from '@maestro/service-kit/trace'
import { isOutage } from '@maestro/service-kit/wire-error'
import { LRUCache } from 'lru-cache'

/** Without a reply for this long, the call is asked for again: its journaled answer comes, or a free worker takes it up. */
const askAgainMs = 20_000
/** The stream did not take it, as after a start of the bus: it is tried again this soon, then after twice as long each time. */
const publishAgainMs = 500
/** More than are in flight or were answered within the bus's memory of message ids. */
const rememberedCallsMax = 50_000
/** Asks of one lease; a take-over counts on from a fresh thousand, so that no message id is used twice. */
const asksPerTake = 1_000

/** Asks router workers for model calls and waits for the replies. */
export type CallDesk = {
  /** Resolves with the reply, however often it has to be asked for. @throws when `signal` aborts, or when it can never be asked for. */
  ask: (
    work: Omit<CallWork, 'ask' | 'replyTo'>,
    takes: number,
    signal: AbortSignal,
  ) => Promise<CallReply>
  /** Since when the stream takes no calls. */
  outage: () => Outage | null
  stop: () => Promise<void>
}

type Open = { resolve: (reply: CallReply) => void; askAgain: () => void }

export const createCallDesk = ({
  nats,
  stream,
  inbox,
  log,
}: {
  nats: NatsConnection
  stream: Pick<StreamPublisher, 'publish'>
  /** Subject prefix of this process alone, so that no reply to an earlier one comes here. */
  inbox: string
  log: Logger
}): CallDesk => {
  const outage = createOutageLog({
    log,
    away: 'calls could not be asked for and will be',
    back: 'calls are asked for again',
  })
  const open = new Map<string, Open>()
  /** How often each call was asked for: one that is run again after an outage counts on, because a message id that was used is not delivered again. */
  const asksOf = new LRUCache<CallId, number>({ max: rememberedCallsMax })
  const subscription = nats.subscribe(`${inbox}.*`)

  const listen = async () => {
    for await (const message of subscription) {
      try {
        const reply = CallReply.parse(message.json())
        open.get(reply.callId)?.resolve(reply)
      } catch (error) {
        log.error({ err: error, subject: message.subject }, 'not a reply to a call')
      }
    }
  }
  const watchBus = async () => {
    for await (const status of nats.status()) {
      // Replies that were on their way when the bus was cut are lost.
      if (status.type === NatsEvents.Reconnect) for (const { askAgain } of open.values()) askAgain()
    }
  }
  const listening = listen()
  void watchBus()

  const publish = async (work: CallWork) => {
    await stream.publish({
      subject: llmWorkSubject('normal'),
      data: JSON.stringify(work),
      messageId: `${work.callId}:${work.ask}`,
      headers: injectTrace(headers()),
    })
    outage.worked()
  }

  return {
    ask: (work, takes, signal) =>
      new Promise<CallReply>((resolve, reject) => {
        const { callId } = work
        let again: NodeJS.Timeout | undefined
        let againMs = publishAgainMs
        let isOver = false
        const askOnce = () => {
          const asks = Math.max(asksOf.get(callId) ?? 0, (takes - 1) * asksPerTake) + 1
          asksOf.set(callId, asks)
          publish({ ...work, ask: asks, replyTo: `${inbox}.${callId}` }).catch((error: unknown) => {
            if (isOver) return
            if (!isOutage(error)) return giveUp(error)
            outage.failed(error, { callId, taskId: work.taskId })
            clearTimeout(again)
            again = setTimeout(askOnce, againMs)
            againMs = Math.min(againMs * 2, askAgainMs)
          })
        }
        const timer = setInterval(askOnce, askAgainMs)
        const finish = () => {
          isOver = true
          clearTimeout(again)
          clearInterval(timer)
          signal.removeEventListener('abort', abort)
          if (open.get(callId) === entry) open.delete(callId)
          // Nobody will find out any more.
          if (open.size === 0) outage.forget()
        }
        const giveUp = (error: unknown) => {
          finish()
          reject(error)
        }
        const abort = () => giveUp(signal.reason)
        const entry: Open = {
          askAgain: () => {
            againMs = publishAgainMs
            askOnce()
          },
          resolve: (reply) => {
            finish()
            resolve(reply)
          },
        }
        open.set(callId, entry)
        signal.addEventListener('abort', abort, { once: true })
        if (signal.aborted) abort()
        else askOnce()
      }),
    outage: outage.current,
    stop: async () => {
      subscription.unsubscribe()
      await listening
    },
  }
}
