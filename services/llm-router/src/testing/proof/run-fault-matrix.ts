import { cancelSubject } from '@maestro/contracts/bus/subjects'
import { FailureClass } from '@maestro/contracts/llm/call-facts'
import { writeBrief } from '@maestro/contracts/llm/brief'
import type { CallReply } from '@maestro/contracts/llm/call-work'
import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { newTaskId } from '@maestro/service-kit/new-id'
import type { EmulatedReply, EmulatedRequest } from '@maestro/testkit/providers/emulator-script'
import {
  type ProviderEmulator,
  startProviderEmulator,
} from '@maestro/testkit/providers/start-provider-emulator'
import { type AttemptTimers, cloudTimers } from '../../providers/attempt-timers.ts'
import { createGeminiAdapter } from '../../providers/gemini/gemini-adapter.ts'
import { createGroqAdapter } from '../../providers/groq/groq-adapter.ts'
import { createOllamaAdapter } from '../../providers/ollama/ollama-adapter.ts'
import { createRehearsalAdapter } from '../../providers/rehearsal/rehearsal-adapter.ts'
import { failureRules } from '../../strategy/failure-rules.ts'
import type { TestSystem } from '../open-test-system.ts'
import { type FaultCell, faultCells, moments, providers } from './fault-cells.ts'

export type CellResult = {
  cell: FaultCell
  seen: string
  /** What is not as it has to be; empty: nothing. */
  wrong: readonly string[]
  /** From the word to stop to the end of the provider's connection. */
  abortMs: number | null
}

/** Long enough for a busy machine to send headers, short enough to be waited for. */
const impatient: AttemptTimers = {
  ...cloudTimers,
  headersTimeoutMs: 700,
  firstTokenTimeoutMs: 700,
  idleTimeoutMs: 700,
}
const shortDeadlineMs = 2_500
const waitMsMax = 20_000

const until = async (look: () => boolean): Promise<void> => {
  const untilMs = performance.now() + waitMsMax
  while (!look()) {
    if (performance.now() > untilMs) throw new Error('it did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

const brief = writeBrief({
  purpose: 'plan',
  round: 1,
  inputs: [{ name: 'rain.csv', mediaType: 'text/csv', bytes: 100 }],
  tools: [],
  findings: [],
})

type Emulators = Record<(typeof providers)[number], ProviderEmulator>

/**
 * Plays every cell against the real adapters, their SDKs, a real bus, journal and budget. The cells of
 * one class and moment have a worker of their own: what it learns must not decide the next ones.
 */
export const runFaultMatrix = async (
  system: TestSystem,
  { abortMsMax }: { abortMsMax: number },
): Promise<readonly CellResult[]> => {
  /** By the id that its requests carry. */
  const playing = new Map<string, { reply: EmulatedReply; left: number }>()
  const answer = (request: EmulatedRequest): EmulatedReply => {
    const cell = playing.get(cellIdOf(request) ?? '')
    if (cell === undefined || cell.left <= 0) return { text: 'A whole answer.' }
    cell.left -= 1
    return cell.reply
  }
  const started = await Promise.all(
    providers.map((provider) => startProviderEmulator({ provider, script: { answer } })),
  )
  const emulators = Object.fromEntries(
    started.map((emulator) => [emulator.provider, emulator]),
  ) as Emulators
  const results: CellResult[] = []
  try {
    for (const failureClass of FailureClass.options) {
      for (const moment of moments) {
        const cells = faultCells(failureClass, moment)
        if (cells.every(({ kind }) => kind === 'impossible')) {
          results.push(...cells.map(asImpossible))
          continue
        }
        const worker = await system.startWorker(
          failureClass === 'no_provider' ? [] : adaptersOf(emulators, failureClass),
        )
        try {
          results.push(
            ...(await Promise.all(
              cells.map((cell) => playCell(system, { cell, emulators, playing, abortMsMax })),
            )),
          )
        } finally {
          await worker.stop()
        }
      }
    }
  } finally {
    await Promise.all(started.map((emulator) => emulator.close()))
  }
  return results
}

const asImpossible = (cell: FaultCell): CellResult => ({ cell, seen: '', wrong: [], abortMs: null })

const adaptersOf = ({ groq, gemini, ollama }: Emulators, failureClass: FailureClass) => {
  const timers = failureClass === 'timeout' ? impatient : cloudTimers
  return [
    createGroqAdapter({ apiKey: 'gsk_emulated', address: groq.url, timers }),
    createGeminiAdapter({ apiKey: 'emulated', address: gemini.url, timers }),
    createOllamaAdapter({ address: ollama.url, defaultModel: () => 'qwen3:8b', timers }),
    createRehearsalAdapter({ chunkDelayMs: 0 }),
  ]
}

const cellIdOf = ({ messages }: EmulatedRequest): string | null => {
  for (const message of messages) {
    const found = /<goal>cell (\S+)<\/goal>/.exec('text' in message ? message.text : '')
    if (found?.[1] !== undefined) return found[1]
  }
  return null
}

const playCell = async (
  system: TestSystem,
  {
    cell,
    emulators,
    playing,
    abortMsMax,
  }: {
    cell: FaultCell
    emulators: Emulators
    playing: Map<string, { reply: EmulatedReply; left: number }>
    abortMsMax: number
  },
): Promise<CellResult> => {
  if (cell.kind === 'impossible') return asImpossible(cell)
  const { provider, moment, failureClass, twist } = cell
  const cellId = `${failureClass}.${moment}.${provider}`
  playing.set(cellId, { reply: cell.reply, left: cell.failures })
  const taskId = newTaskId()
  const isAlone = twist === 'not configured'
  const work = system.newWork({
    taskId,
    purpose: 'plan',
    providers: isAlone ? [provider] : [provider, 'rehearsal'],
    messages: [
      { role: 'user', content: [{ text: brief }, { text: `<goal>cell ${cellId}</goal>` }] },
    ],
    ...(twist === 'no money' && { taskLimitNanoUsd: nanoUsd(10) }),
    ...(twist === 'short deadline' && {
      deadlineAt: new Date(Date.now() + shortDeadlineMs).toISOString(),
    }),
  })
  const requests = () =>
    emulators[provider].requests.filter(
      ({ request }) => request !== null && cellIdOf(request) === cellId,
    )
  const live = await system.watchLive(taskId)
  const replied = system.ask(work)
  let abortMs: number | null = null
  if (twist === 'cancel') {
    await until(() => requests().length > 0 && (moment !== 'after' || live.length > 0))
    const cancelledAt = performance.now()
    system.nats.publish(cancelSubject(work.callId))
    const ended = await requests()[0]?.ended
    abortMs = (ended?.at ?? Infinity) - cancelledAt
  }
  const reply = await replied
  const wrong = [
    ...wrongAttempts(reply, cell),
    ...(abortMs !== null && abortMs > abortMsMax
      ? [`its connection ended after ${Math.round(abortMs)} ms`]
      : []),
    ...(await wrongSettlements(system, reply, cell)),
  ]
  const seen = storyOf(reply, provider)
  if (seen !== cell.expected) wrong.push(`seen ${seen}`)
  const hints = requests().map(({ request }) => request?.messages.at(-1)?.text ?? '')
  if (cell.isRepaired === true && !/^.*could not be used/s.test(hints[1] ?? '')) {
    wrong.push('the model was not told what was wrong')
  }
  if (
    cell.expected.includes('R answered') &&
    requests().length !== cell.expected.split('P ').length - 1
  ) {
    wrong.push(`${requests().length} requests reached the provider`)
  }
  return { cell, seen, wrong, abortMs }
}

/** What happened, in the words of `expected`. */
const storyOf = ({ outcome, facts, ...reply }: CallReply, failing: string): string => {
  const words = facts.attempts.map((attempt) => {
    const who =
      attempt.provider === failing ? 'P' : attempt.provider === 'rehearsal' ? 'R' : attempt.provider
    if (attempt.outcome === 'answered') return `${who} answered`
    const failureClass = attempt.failureClass ?? 'lost'
    return attempt.outcome === 'skipped'
      ? `${who} skipped: ${failureClass}`
      : `${who} ${failureClass}`
  })
  if (outcome === 'failed' && 'failure' in reply) words.push(`failed: ${reply.failure.class}`)
  if (outcome === 'incomplete' && 'incomplete' in reply)
    words.push(`incomplete: ${reply.incomplete.failureClass ?? reply.incomplete.reason}`)
  return words.join(' → ')
}

/** Content that came is known to have come; what cannot have run is free, everything else at a price has one. */
const wrongAttempts = ({ facts }: CallReply, { provider, moment }: FaultCell): string[] =>
  facts.attempts.flatMap((attempt) => {
    if (attempt.outcome !== 'failed' || attempt.failureClass === null) return []
    const isAfter = moment === 'after'
    const isFree = provider === 'ollama' || (failureRules[attempt.failureClass].isFree && !isAfter)
    return [
      ...((attempt.afterContent ?? false) === isAfter ? [] : ['content is told wrongly']),
      ...(attempt.costNanoUsd > 0 === !isFree
        ? []
        : [`it cost ${attempt.costNanoUsd} nano-dollars`]),
    ]
  })

/** Every attempt that was sent is booked or freed, and Gemini, which counts as it goes, at what it had counted. */
const wrongSettlements = async (
  system: TestSystem,
  { callId, facts }: CallReply,
  { provider, moment, failureClass }: FaultCell,
): Promise<string[]> => {
  const rows = await system.sql<{ usage: unknown }[]>`
    select usage from settlements where call_id = ${callId} order by attempt_id`
  const sent = facts.attempts.filter(({ outcome }) => outcome !== 'skipped').length
  const wrong = rows.length === sent ? [] : [`${rows.length} settlements of ${sent} attempts`]
  const isCounted = provider === 'gemini' && moment === 'after' && failureClass === 'cancelled'
  if (isCounted && rows[0]?.usage == null) wrong.push('what was used is not settled')
  return wrong
}
