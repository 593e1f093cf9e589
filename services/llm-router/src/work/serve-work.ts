import { workPriorities } from '@maestro/contracts/bus/subjects'
import { CallWork } from '@maestro/contracts/llm/call-work'
import type { Logger } from '@maestro/service-kit/logger'
import { headers, type Msg, type NatsConnection } from '@maestro/service-kit/nats'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { injectTrace, traceparentOf, withSpan } from '@maestro/service-kit/trace'
import { isOutage } from '@maestro/service-kit/wire-error'
import type { CallRunner } from '../call/call-runner.ts'
import { callReply } from './call-reply.ts'
import { type HeldMessage, holdMessage } from './held-message.ts'
import { ackWaitMs, pullWork } from './pull-work.ts'
import { refuseWork, ReplySubject } from './refuse-work.ts'
import { createWorkRoom } from './work-room.ts'

/** Thrice per ack wait: one heartbeat may be late. */
const workingEveryMs = Math.floor(ackWaitMs / 3)
/** The journal is away, or this worker goes: soon, but not at once to the same worker. */
const againMs = 1_000

/** Takes work from the queue, has it answered, replies, and acknowledges: in this order. */
export const serveWork = async ({
  nats,
  inboxPrefix,
  log,
  runner,
  callsInFlightMax,
}: {
  nats: NatsConnection
  inboxPrefix: string | undefined
  log: Logger
  runner: CallRunner
  callsInFlightMax: number
}): Promise<{ stop: (finishMsMax: number) => Promise<void> }> => {
  const outage = createOutageLog({
    log,
    away: 'an outage lets calls wait; they come again',
    back: 'calls are answered again',
  })
  const room = createWorkRoom({ callsMax: callsInFlightMax })
  const held = new Map<HeldMessage, Promise<void>>()
  let stopping = false

  const answer = async (hold: HeldMessage, work: CallWork): Promise<void> => {
    const end = await runner.answer({ work, askedAt: hold.queuedAt })
    if (end.kind === 'left') {
      hold.again(0)
      return
    }
    const fields = injectTrace(headers())
    nats.publish(work.replyTo, JSON.stringify(callReply(work.callId, end)), { headers: fields })
    hold.done()
  }

  const handle = async (hold: HeldMessage): Promise<void> => {
    const { message } = hold
    const wire = jsonOf(message)
    const parsed = Work.safeParse(wire)
    if (!parsed.success) {
      log.error({ subject: message.subject, bytes: message.data.length }, 'not a call; dropped')
      const refused = refuseWork(wire, parsed.error)
      if (refused !== null) nats.publish(refused.replyTo, JSON.stringify(refused.reply))
      hold.drop()
      return
    }
    const work = parsed.data
    const { callId, taskId, purpose, ask } = work
    try {
      await withSpan(
        {
          name: 'llm-router call',
          kind: 'consumer',
          traceparent: traceparentOf(message.headers),
          attributes: {
            'maestro.call.id': callId,
            'maestro.task.id': taskId,
            'maestro.purpose': purpose,
          },
        },
        () => answer(hold, work),
      )
      outage.worked()
    } catch (error) {
      if (isOutage(error)) outage.failed(error, { callId, ask })
      else log.warn({ err: error, callId, ask }, 'a call could not be answered and will come again')
      hold.again(againMs)
    }
  }

  const refuse = (message: Msg) => holdMessage(message).again(0)
  const accept = (message: Msg) => {
    const hold = holdMessage(message)
    if (stopping) {
      refuse(message)
      room.free(1)
      return
    }
    const done = handle(hold).finally(() => {
      held.delete(hold)
      room.free(1)
    })
    held.set(hold, done)
  }

  const timer = setInterval(() => {
    for (const hold of held.keys()) hold.working()
  }, workingEveryMs)
  const pullers = await Promise.all(
    workPriorities.map((priority) =>
      pullWork({ nats, inboxPrefix, log, priority, room, handle: accept, refuse }),
    ),
  )

  return {
    stop: async (finishMsMax) => {
      stopping = true
      const pullersStopped = Promise.all(pullers.map((puller) => puller.stop()))
      await runner.stop(finishMsMax)
      await Promise.all(held.values())
      await pullersStopped
      clearInterval(timer)
    },
  }
}

const Work = CallWork.extend({ replyTo: ReplySubject })

/** Undefined: it is none. */
const jsonOf = (message: Msg): unknown => {
  try {
    return message.json()
  } catch {
    return undefined
  }
}
