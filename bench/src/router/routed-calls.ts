import { llmWorkSubject } from '@maestro/contracts/bus/subjects'
import { AgentId, CallId, TaskId, UserId } from '@maestro/contracts/ids'
import type { CallReply, CallWork } from '@maestro/contracts/llm/call-work'
import { createInbox, type NatsConnection } from '@maestro/service-kit/nats'
import { newToken } from '@maestro/service-kit/new-id'
import { createStreamPublisher } from '@maestro/service-kit/stream-publisher'
import { questionOf } from './bench-answer.ts'
import type { AskOnce, CallTimes } from './call-loop.ts'

/** Tasks, each with its agent; calls take them in turn. */
export const ownersCount = 32
const deadlineMs = 60_000
const inboxPrefix = '_INBOX_orchestrator'

export const ownersOf = (number: number) => {
  const task = number % ownersCount
  return {
    userId: UserId.parse(`user-${task % 8}`),
    taskId: TaskId.parse(`task_bench${task}`),
    agentId: AgentId.parse(`agt_bench${task}_a1`),
  }
}

type Waiting = {
  askedMs: number
  firstMs: number
  resolve: (times: CallTimes) => void
  reject: (error: Error) => void
}

export type RoutedCalls = {
  of: (waitMs: number) => AskOnce
  /** The id of each call that is made from now on, when it is asked for and answered, by the wall clock; null: of none. */
  tell: (listener: ((callId: string, askedAtMs: number, endedAtMs: number) => void) | null) => void
  stop: () => void
}

/** Asks as the orchestrator does: through the queue, answered at an inbox, its words watched live. */
export const routedCalls = (nats: NatsConnection): RoutedCalls => {
  const run = newToken().slice(-8)
  const publisher = createStreamPublisher(nats, inboxPrefix)
  const inbox = createInbox(inboxPrefix)
  const waiting = new Map<string, Waiting>()
  let listener: Parameters<RoutedCalls['tell']>[0] = null
  let calls = 0

  const live = nats.subscribe('maestro.live.>', {
    callback: (_error, message) => {
      const call = waiting.get(message.subject.split('.').at(-1) ?? '')
      if (call !== undefined && call.firstMs === 0) call.firstMs = performance.now() - call.askedMs
    },
  })
  const replies = nats.subscribe(inbox, {
    callback: (_error, message) => {
      const endedMs = performance.now()
      // Not parsed: who measures must not take part.
      const reply = message.json<CallReply>()
      const call = waiting.get(reply.callId)
      if (call === undefined) return
      waiting.delete(reply.callId)
      const { askedMs, firstMs, resolve, reject } = call
      if (reply.outcome === 'failed') {
        reject(new Error(`${reply.failure.class}: ${reply.failure.message}`))
        return
      }
      const { timeOrigin } = performance
      listener?.(reply.callId, timeOrigin + askedMs, timeOrigin + endedMs)
      resolve({ firstMs, totalMs: endedMs - askedMs })
    },
  })

  const ask = (waitMs: number) =>
    new Promise<CallTimes>((resolve, reject) => {
      const number = (calls += 1)
      const owners = ownersOf(number)
      const callId = CallId.parse(`call_${owners.taskId.slice('task_'.length)}_${run}${number}_1_1`)
      const work: CallWork = {
        ...owners,
        callId,
        ask: 1,
        stepId: null,
        purpose: 'step',
        providers: ['groq'],
        model: null,
        messages: [{ role: 'user', content: [{ text: questionOf(callId, waitMs) }] }],
        tools: [],
        outputSchema: null,
        outputTokensMax: 1_000,
        taskLimitNanoUsd: null,
        deadlineAt: new Date(Date.now() + deadlineMs).toISOString(),
        replyTo: inbox,
      }
      waiting.set(callId, { askedMs: performance.now(), firstMs: 0, resolve, reject })
      publisher
        .publish({
          subject: llmWorkSubject('normal'),
          data: JSON.stringify(work),
          messageId: `${callId}:1`,
        })
        .catch(reject)
    })

  return {
    of: (waitMs) => () => ask(waitMs),
    tell: (wanted) => {
      listener = wanted
    },
    stop: () => {
      live.unsubscribe()
      replies.unsubscribe()
      publisher.stop()
    },
  }
}
