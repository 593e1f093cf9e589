import { llmWorkConsumer, streams } from '@maestro/contracts/bus/streams'
import { llmWorkSubject } from '@maestro/contracts/bus/subjects'
import type { CallFacts } from '@maestro/contracts/llm/call-facts'
import { type CallReply, CallWork } from '@maestro/contracts/llm/call-work'
import type { Answer } from '@maestro/contracts/llm/chat'
import { cancelCalls } from '@maestro/contracts/llm/provider-endpoints'
import { noUsage } from '@maestro/contracts/money/cost-of'
import { noMoney } from '@maestro/contracts/money/nano-usd'
import { getRouterPayload } from '@maestro/contracts/payload/payload-endpoints'
import { AppError } from '@maestro/contracts/errors'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import { createLogger } from '@maestro/service-kit/logger'
import { AckPolicy, type NatsConnection } from '@maestro/service-kit/nats'
import { type Payload, payloadOf } from '@maestro/service-kit/payload'
import { implement, serve } from '@maestro/service-kit/serve'

const facts: CallFacts = {
  provider: 'rehearsal',
  model: 'rehearsal-1',
  usage: noUsage,
  costNanoUsd: noMoney,
  latencyMs: 1,
  firstTokenMs: null,
  attempts: [],
}
const plain: Answer = {
  text: '',
  reasoning: '',
  toolCalls: [],
  finish: 'stop',
  providerParts: null,
}

/** What is said to a call: an answer, another reply, or nothing. */
type Said = Partial<Answer> | { reply: CallReply } | null

export type RouterPeer = {
  /** Work that came, in its order, every ask of it. */
  readonly asked: readonly CallWork[]
  readonly cancelled: readonly string[]
  answerWith: (answerOf: (work: CallWork) => Said) => void
  /** Says something to a call that was asked before. */
  answer: (work: CallWork, said: Said) => void
  stop: () => Promise<void>
}

/** A peer on the bus in the router's place: it takes all work at once and says what the test says. */
export const startRouterPeer = async (nats: NatsConnection): Promise<RouterPeer> => {
  await ensureStreams(nats)
  const asked: CallWork[] = []
  const cancelled: string[] = []
  const journal = new Map<string, Payload>()
  let answerOf: (work: CallWork) => Said = () => ({ text: 'done' })
  const manager = await nats.jetstreamManager()
  const durable = llmWorkConsumer('normal')
  await manager.consumers.add(streams.llmWork.name, {
    durable_name: durable,
    filter_subject: llmWorkSubject('normal'),
    ack_policy: AckPolicy.Explicit,
  })
  const consumer = await nats.jetstream().consumers.get(streams.llmWork.name, durable)
  const messages = await consumer.consume()

  const answer: RouterPeer['answer'] = (work, said) => {
    if (said === null) return
    const full: Answer = { ...plain, ...('reply' in said ? answerIn(said.reply) : said) }
    const journaled = payloadOf('llm-router', JSON.stringify(full), 'application/json')
    journal.set(journaled.ref.sha256, journaled)
    const reply: CallReply =
      'reply' in said
        ? said.reply
        : {
            outcome: 'answered',
            callId: work.callId,
            answer: full,
            answerRef: journaled.ref,
            facts,
          }
    nats.publish(work.replyTo, JSON.stringify(reply))
  }
  const listen = async () => {
    for await (const message of messages) {
      const work = CallWork.parse(message.json())
      message.ack()
      asked.push(work)
      answer(work, answerOf(work))
    }
  }
  const listening = listen()
  const log = createLogger({ service: 'llm-router', copy: 'peer', level: 'silent' })
  const served = await serve({ nats, log, service: 'llm-router', version: '0.0.0' }, [
    implement(cancelCalls, async ({ callIds }) => {
      cancelled.push(...callIds)
      return {}
    }),
    implement(getRouterPayload, async ({ sha256 }) => {
      const found = journal.get(sha256)
      if (found === undefined) throw new AppError('NOT_FOUND', { sha256 })
      const { ref, content } = found
      return {
        bytes: ref.bytes,
        mediaType: ref.mediaType,
        chunkBase64: content.toString('base64'),
        nextOffset: null,
      }
    }),
  ])

  return {
    asked,
    cancelled,
    answerWith: (next) => {
      answerOf = next
    },
    answer,
    stop: async () => {
      await messages.close()
      await listening
      await served.stop()
    },
  }
}

const answerIn = (reply: CallReply): Partial<Answer> =>
  reply.outcome === 'failed' ? {} : (reply.answer ?? {})

export const noFacts = facts
