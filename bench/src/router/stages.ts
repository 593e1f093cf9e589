import { callIdOf } from './bench-answer.ts'
import type { QuestionSeen } from './emulator-process.ts'
import type { ReceivedSpan } from './span-receiver.ts'

/** What happens to one call, one after the other. */
const stageNames = [
  'through the queue to the worker',
  'claimed in the journal, provider chosen',
  'reserved at budget',
  'written as sent, and on its way',
  'provider answers, answer is read',
  'journaled with its settlement, replied',
  'reply on its way back',
] as const

export type Stages = {
  calls: number
  stages: readonly { name: string; ms: number }[]
  /** Of the reservation: what budget itself took. */
  budgetMs: number
  /** After the reply, so that nobody waits for it; of many calls together. */
  settleMs: number
}

export type AskedTimes = ReadonlyMap<string, { askedAtMs: number; endedAtMs: number }>

/** The slowest are left out: they show what else this machine does. */
const countedShare = 0.9

/**
 * Where the time of a call goes, on the average: from its trace, and from when it was asked, reached
 * the provider and was answered.
 */
export const stagesOf = (
  spans: readonly ReceivedSpan[],
  { asked, seen }: { asked: AskedTimes; seen: readonly QuestionSeen[] },
): Stages => {
  const byTrace = Map.groupBy(spans, ({ traceId }) => traceId)
  const seenAt = new Map(seen.map(({ question, atMs }) => [callIdOf(question), atMs]))
  const calls = [...byTrace.values()].flatMap((ofCall) => {
    const named = (name: string) => ofCall.find((span) => span.name === name)
    const call = named('llm-router call')
    const attempt = ofCall.find(({ name }) => name.startsWith('chat '))
    const reserve = named('call budget reserveBudget')
    const booking = named('budget reserveBudget')
    const callId = call?.attributes['maestro.call.id'] ?? ''
    const times = asked.get(callId)
    const seenAtMs = seenAt.get(callId)
    if (!call || !attempt || !reserve || !booking || !times || !seenAtMs) return []
    const moments = [
      times.askedAtMs,
      call.startMs,
      attempt.startMs,
      attempt.startMs + (reserve.endMs - reserve.startMs),
      seenAtMs,
      attempt.endMs,
      call.endMs,
      times.endedAtMs,
    ]
    return [
      {
        totalMs: times.endedAtMs - times.askedAtMs,
        stagesMs: stageNames.map((_, index) => (moments[index + 1] ?? 0) - (moments[index] ?? 0)),
        budgetMs: booking.endMs - booking.startMs,
      },
    ]
  })
  const settles = spans.filter(({ name }) => name === 'call budget settleAttempts')
  const counted = calls
    .toSorted((one, other) => one.totalMs - other.totalMs)
    .slice(0, Math.ceil(calls.length * countedShare))
  const average = (valueOf: (call: (typeof calls)[number]) => number) =>
    counted.reduce((sum, call) => sum + valueOf(call), 0) / Math.max(counted.length, 1)
  return {
    calls: counted.length,
    stages: stageNames.map((name, index) => ({
      name,
      ms: average(({ stagesMs }) => stagesMs[index] ?? 0),
    })),
    budgetMs: average(({ budgetMs }) => budgetMs),
    settleMs:
      settles.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0) /
      Math.max(settles.length, 1),
  }
}
