import { CallId, type TaskId } from '@maestro/contracts/ids'
import { CallReply } from '@maestro/contracts/llm/call-work'
import { createInbox } from '@maestro/service-kit/nats'
import { newTaskId } from '@maestro/service-kit/new-id'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import {
  type ServiceProcess,
  startServiceProcess,
} from '@maestro/testkit/services/start-service-process'
import type { TestSystem } from '../open-test-system.ts'

const workersCount = 4
/** Asked for and not answered yet: enough for all workers, few enough that a kill finds most of its calls young. */
const openMax = 256
/** Calls of one task. */
const callsPerTask = 50
const answerText = ['Each call ', 'has one ', 'answer.']

export type KillsResult = {
  calls: number
  answered: number
  /** Calls that ended without an answer. */
  failed: number
  /** What the first of them said. */
  firstFailure: string | null
  /** Two replies to one call that differ. */
  differing: number
  /** The same reply again: its worker died between the reply and its acknowledgement. */
  repeatedReplies: number
  kills: number
  /** Attempts in flight in a worker that was killed. */
  lost: number
  /** Requests that reached the provider. */
  requests: number
  /** Of them, for a call that had been replied to. */
  requestsAfterAnswer: number
  /** Calls for which more requests came than attempts are on record. */
  unrecorded: number
  /** Calls that the journal has not as answered, once. */
  notJournaled: number
  elapsedMs: number
}

/** What the claims allow. Empty: they hold. */
export const brokenClaims = (result: KillsResult): readonly string[] => {
  const claims: [string, boolean][] = [
    ['each call is answered', result.answered === result.calls && result.failed === 0],
    ['no call has two answers', result.differing === 0],
    ['the journal has each answer', result.notJournaled === 0],
    ['no answered call is made again', result.requestsAfterAnswer === 0],
    ['every request is an attempt on record', result.unrecorded === 0],
    [
      'beyond one request a call there are only those of lost attempts',
      result.requests <= result.calls + result.lost,
    ],
  ]
  return claims.flatMap(([claim, holds]) => (holds ? [] : [claim]))
}

type Outcome = { answer: string; attempts: number; lost: number } | null

/** Streams calls through worker processes while these are killed, and counts what came of it. */
export const answerThroughKills = async (
  system: TestSystem,
  {
    calls,
    kills: killsMax,
    killEveryMs,
    durationMsMax,
    onProgress = () => undefined,
  }: {
    calls: number
    /** At least so many, while calls are open. */
    kills: number
    killEveryMs: number
    durationMsMax: number
    onProgress?: (answered: number, kills: number) => void
  },
): Promise<KillsResult> => {
  const outcomes = new Map<CallId, Outcome>()
  const requestsOf = new Map<string, number>()
  let firstFailure: string | null = null
  const counts = { failed: 0, differing: 0, repeatedReplies: 0, requestsAfterAnswer: 0, kills: 0 }
  const emulator = await startProviderEmulator({
    provider: 'groq',
    requestsKept: 0,
    script: {
      answer: ({ messages }) => {
        const last = messages.at(-1)
        const callId = last !== undefined && 'text' in last ? last.text : ''
        requestsOf.set(callId, (requestsOf.get(callId) ?? 0) + 1)
        if ((outcomes.get(callId as CallId) ?? null) !== null) counts.requestsAfterAnswer += 1
        return { text: answerText }
      },
    },
  })
  const startWorker = (copy: string) =>
    startServiceProcess('llm-router', {
      ...system.routerEnv(copy),
      OLLAMA_BASE_URL: 'off',
      GROQ_API_KEY: 'gsk_emulated',
      GROQ_BASE_URL: emulator.url,
    })
  const names = Array.from({ length: workersCount }, (_, index) => `proof-${index + 1}`)
  const workers = new Map<string, ServiceProcess>()
  for (const name of names) workers.set(name, await startWorker(name))

  let answered = 0
  const room = { free: openMax, wake: () => {} }
  const inbox = createInbox('_INBOX_orchestrator')
  const replies = system.nats.subscribe(inbox)
  const listen = async () => {
    for await (const message of replies) {
      const reply = CallReply.parse(message.json())
      const known = outcomes.get(reply.callId) ?? null
      const answer = reply.outcome === 'answered' ? reply.answerRef.sha256 : 'failed'
      if (known !== null) {
        counts.repeatedReplies += 1
        if (known.answer !== answer) counts.differing += 1
        continue
      }
      if (reply.outcome === 'answered') answered += 1
      else {
        counts.failed += 1
        const { class: failureClass, message } =
          reply.outcome === 'failed'
            ? reply.failure
            : { class: reply.outcome, message: reply.incomplete.message }
        firstFailure ??= `${failureClass}: ${message}`
      }
      outcomes.set(reply.callId, {
        answer,
        attempts: reply.facts.attempts.filter(({ outcome }) => outcome !== 'skipped').length,
        lost: reply.facts.attempts.filter(({ outcome }) => outcome === 'lost').length,
      })
      room.free += 1
      room.wake()
    }
  }
  const listening = listen()

  const startedAt = performance.now()
  const isOver = () => performance.now() - startedAt > durationMsMax
  const isDone = () => answered + counts.failed >= calls
  const ask = async () => {
    let taskId: TaskId = newTaskId()
    const asked: Promise<void>[] = []
    for (let call = 0; call < calls && !isOver(); call += 1) {
      if (call % callsPerTask === 0) taskId = newTaskId()
      while (room.free < 1 && !isOver()) {
        await new Promise<void>((resolve) => {
          room.wake = resolve
          setTimeout(resolve, 1_000)
        })
      }
      room.free -= 1
      const callId = CallId.parse(`call_${taskId.slice('task_'.length)}_proof_${call}_1`)
      outcomes.set(callId, null)
      const work = system.newWork({
        callId,
        taskId,
        replyTo: inbox,
        providers: ['groq'],
        messages: [{ role: 'user', content: [{ text: callId }] }],
        deadlineAt: new Date(Date.now() + 300_000).toISOString(),
      })
      asked.push(system.publish(work))
      if (asked.length >= openMax) await Promise.all(asked.splice(0))
    }
    await Promise.all(asked)
  }
  const kill = async () => {
    for (let nth = 0; !isDone() && !isOver(); nth += 1) {
      await new Promise((resolve) => setTimeout(resolve, killEveryMs))
      if (isDone() || isOver()) return
      const name = names[Math.floor(Math.random() * names.length)] ?? names[0] ?? ''
      await workers.get(name)?.kill9()
      counts.kills += 1
      onProgress(answered, counts.kills)
      workers.set(name, await startWorker(name))
    }
  }
  try {
    const killing = kill()
    await ask()
    while (!isDone() && !isOver()) await new Promise((resolve) => setTimeout(resolve, 50))
    await killing
    const elapsedMs = performance.now() - startedAt
    // Replies that come a second time are on their way until every message is acknowledged.
    for (const name of names) await workers.get(name)?.stop()
    await system.nats.flush()
    const ids = [...outcomes.keys()]
    const [journaled] = await system.sql<{ answered: number }[]>`
      select count(*)::int as answered from calls
      where state = 'answered' and call_id = any(${ids}::text[])`
    let unrecorded = 0
    let lost = 0
    for (const [callId, outcome] of outcomes) {
      lost += outcome?.lost ?? 0
      if ((requestsOf.get(callId) ?? 0) > (outcome?.attempts ?? 0)) unrecorded += 1
    }
    if (counts.kills < killsMax) throw new Error(`only ${counts.kills} kills: ask for more calls`)
    return {
      ...counts,
      firstFailure,
      calls,
      answered,
      lost,
      requests: [...requestsOf.values()].reduce((sum, requests) => sum + requests, 0),
      unrecorded,
      notJournaled: calls - (journaled?.answered ?? 0),
      elapsedMs,
    }
  } finally {
    await Promise.all([...workers.values()].map((worker) => worker.kill9()))
    replies.unsubscribe()
    await listening
    await emulator.close()
  }
}
