import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import type { EmulatedFault, EmulatedReply } from '@maestro/testkit/providers/emulator-script'
import { describe, expect, test, vi } from 'vitest'
import type { AttemptTimers } from '../attempt-timers.ts'
import {
  type ContractSubject,
  ask,
  bothWays,
  emulated,
  failureOf,
  readInput,
} from './contract-subject.ts'

type OddReply = {
  comes: string
  fault: EmulatedFault
  /** What follows when it was asked for as a stream, and when it was asked for whole; null: its wire has no such thing. */
  streamed: FailureClass
  whole: FailureClass | null
  says: RegExp
  timers?: Partial<AttemptTimers>
  /** How much of it is taken at most, with what lies in buffers on the way; else what all bounds are below. */
  takenMebibytesMax?: number
}

const html = { 'content-type': 'text/html; charset=utf-8' }
const page = '<!doctype html><title>Sign in</title>'
const mebibyte = 1024 ** 2
const soonMs = 300
const soon = {
  firstTokenTimeoutMs: soonMs,
  idleTimeoutMs: soonMs,
  wholeAnswerTimeoutMs: 2 * soonMs,
}

const oddReplies: readonly OddReply[] = [
  {
    comes: 'a web page with status 200',
    fault: { kind: 'status', status: 200, headers: html, body: page },
    streamed: 'network',
    whole: 'network',
    says: /web page.*Check its address/,
  },
  {
    comes: 'a web page with status 502',
    fault: { kind: 'status', status: 502, headers: html, body: page },
    streamed: 'overloaded',
    whole: 'overloaded',
    says: /502/,
  },
  {
    comes: 'a web page of a MiB with status 403',
    fault: { kind: 'status', status: 403, headers: html, body: page + ' '.repeat(mebibyte) },
    streamed: 'auth',
    whole: 'auth',
    says: /403/,
  },
  {
    comes: 'a redirect to somebody else',
    fault: { kind: 'status', status: 307, headers: { location: 'http://127.0.0.1:9/' }, body: '' },
    streamed: 'invalid_request',
    whole: 'invalid_request',
    says: /307/,
  },
  {
    comes: 'headers, and then nothing',
    fault: { kind: 'stall', afterPieces: 0 },
    streamed: 'timeout',
    whole: 'timeout',
    says: /within \d+ ms/,
    timers: soon,
  },
  {
    comes: 'content, and then nothing',
    fault: { kind: 'stall', afterPieces: 2 },
    streamed: 'timeout',
    whole: null,
    says: /went silent/,
    timers: soon,
  },
  {
    comes: 'comments for ever',
    fault: { kind: 'keep-alives', everyMs: 5 },
    streamed: 'timeout',
    whole: null,
    says: /sent no first token/,
    timers: soon,
  },
  {
    comes: 'content, and then comments for ever',
    fault: { kind: 'keep-alives', everyMs: 5, afterPieces: 2 },
    streamed: 'timeout',
    whole: null,
    says: /went silent/,
    timers: soon,
  },
  {
    comes: 'tokens for ever',
    fault: { kind: 'trickle', everyMs: 0 },
    streamed: 'model_output',
    whole: null,
    says: /beyond the 100 tokens/,
  },
  {
    comes: '100 MiB in one line',
    fault: { kind: 'flood', of: 'one line', bytes: 100 * mebibyte },
    streamed: 'incomplete_stream',
    whole: 'incomplete_stream',
    takenMebibytesMax: 28,
    says: /more than any answer has/,
  },
  {
    comes: '100 MiB of comments',
    fault: { kind: 'flood', of: 'comments', bytes: 100 * mebibyte },
    streamed: 'incomplete_stream',
    whole: null,
    says: /more than any answer has/,
  },
  {
    comes: '100 MiB of pieces of an answer',
    fault: { kind: 'flood', of: 'pieces', bytes: 100 * mebibyte },
    streamed: 'model_output',
    whole: 'incomplete_stream',
    says: /beyond the 100 tokens|more than any answer has/,
  },
  {
    comes: 'half a character',
    fault: { kind: 'half-character' },
    streamed: 'incomplete_stream',
    whole: 'incomplete_stream',
    says: /no text \(UTF-8\)/,
  },
  {
    comes: 'half an answer, cut in the middle of a character',
    fault: { kind: 'truncation', afterBytes: 0 },
    streamed: 'incomplete_stream',
    whole: 'incomplete_stream',
    says: /broke off|no readable answer|no text/,
  },
]

const text = ['Grüße ', 'aus Köln ', '🎼, und ', 'mehr.']

/** What no provider should send, and what follows from it with each of them. */
export const describeOddReplies = (subject: ContractSubject) =>
  describe(`odd replies of ${subject.provider}`, () => {
    const request = ask(subject, 'Say something.', { outputTokensMax: 100 })

    test.each(oddReplies)(
      '$comes: streamed it is told as $streamed, whole as $whole',
      async ({ fault, streamed, whole, says, timers, takenMebibytesMax = 75 }) => {
        const { adapter, emulator } = await emulated(
          subject,
          { rules: [{ reply: { text, fault } }] },
          timers,
        )
        const heldBefore = heldMebibytes()
        const [asWhole, asStream] = bothWays(adapter)
        for (const [way, expected] of [
          [asStream, streamed],
          [asWhole, whole],
        ] as const) {
          if (way === undefined || expected === null) continue
          const failure = await failureOf(way.answer(request))
          expect(failure.failureClass).toBe(expected)
          expect(failure.message).toMatch(says)
          expect(failure.message).toContain(subject.provider)
          // What is not read cannot be held.
          const ended = await emulator.requests.at(-1)?.ended
          expect(ended?.bytesSent).toBeLessThan(takenMebibytesMax * mebibyte)
        }
        // Buffers are let go of some turns after what held them.
        await vi.waitFor(() => expect(heldMebibytes() - heldBefore).toBeLessThan(8), 10_000)
      },
    )

    test.each([
      ['one byte at a time', { kind: 'slices', bytes: 1 }],
      ['three bytes at a time', { kind: 'slices', bytes: 3 }],
      ['with comments, other fields and empty lines in it', { kind: 'comments' }],
    ] as const)('an answer that comes %s is the answer', async (_how, fault) => {
      const { adapter } = await emulated(subject, { rules: [{ reply: { text, fault } }] })
      for (const { answer } of bothWays(adapter))
        expect((await answer(request)).answer.text).toBe(text.join(''))
    })

    const call = { name: 'read_input', arguments: { name: 'a' } }
    test.each<[string, EmulatedReply, { text: string; names: string[]; finish: string }]>([
      ['nothing at all', { text: '' }, { text: '', names: [], finish: 'stop' }],
      [
        'calls with one id for two',
        {
          toolCalls: [
            { ...call, id: 'same' },
            { ...call, id: 'same' },
          ],
        },
        { text: '', names: ['read_input', 'read_input'], finish: 'tool_calls' },
      ],
      [
        'a call of a tool that nobody has',
        { toolCalls: [{ name: 'launch_rocket', arguments: {} }] },
        { text: '', names: ['launch_rocket'], finish: 'tool_calls' },
      ],
    ])('%s is an answer, for whoever asked to judge', async (_what, reply, expected) => {
      const { adapter } = await emulated(subject, { rules: [{ reply }] })
      for (const { answer } of bothWays(adapter)) {
        const { answer: got } = await answer({ ...request, tools: [readInput] })
        const { toolCalls, finish } = got
        expect({ text: got.text, names: toolCalls.map(({ name }) => name), finish }).toEqual(
          expected,
        )
        expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(toolCalls.length)
      }
    })
  })

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** Of what is still needed. */
const heldMebibytes = () => {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / mebibyte
}
