import { getEventListeners } from 'node:events'
import type { EmulatedFault } from '@maestro/testkit/providers/emulator-script'
import { describe, expect, test, vi } from 'vitest'
import type { AttemptTimers } from '../attempt-timers.ts'
import type { ChatRequest } from '../provider-adapter.ts'
import type { TimeoutKind } from '../provider-failure.ts'
import {
  type ContractSubject,
  ask,
  bothWays,
  emulated,
  failing,
  failureOf,
  failureOfStream,
  somePieces,
} from './contract-subject.ts'

const stalls: [
  where: string,
  afterPieces: number | undefined,
  kind: TimeoutKind,
  timer: keyof AttemptTimers,
][] = [
  ['before the headers', undefined, 'headers', 'headersTimeoutMs'],
  ['before the first token', 0, 'first_token', 'firstTokenTimeoutMs'],
  ['in the middle of the answer', 2, 'idle', 'idleTimeoutMs'],
]

/** Long enough for a busy machine to get the request to the emulator, which has to see how it ends. */
const soonMs = 300

const withFault = (fault: EmulatedFault | null | undefined) => (fault == null ? {} : { fault })

/** How attempts end before their answer, and what must not be left behind. */
export const describeEndings = (subject: ContractSubject) =>
  describe(`endings of ${subject.provider}`, () => {
    const request = ask(subject, 'Say something.')

    test.each(stalls)('silence %s ends by our timer', async (_where, afterPieces, kind, timer) => {
      const fault: EmulatedFault =
        afterPieces === undefined ? { kind: 'stall' } : { kind: 'stall', afterPieces }
      const setup = await failing(subject, fault, { [timer]: soonMs })
      expect(await failureOfStream(setup, request)).toMatchObject({
        failureClass: 'timeout',
        timeoutKind: kind,
        afterContent: kind === 'idle',
      })
      expect((await setup.emulator.requests[0]?.ended)?.aborted).toBe(true)
    })

    test('an answer that does not come whole in time ends by our timer, with its connection', async () => {
      for (const fault of [{ kind: 'stall' }, { kind: 'stall', afterPieces: 1 }] as const) {
        const { adapter, emulator } = await failing(subject, fault, {
          wholeAnswerTimeoutMs: soonMs,
        })
        const { signal } = new AbortController()
        const failure = await failureOf(adapter.chat(request, { signal }))
        expect(failure).toMatchObject({ failureClass: 'timeout', timeoutKind: 'whole_answer' })
        expect((await emulator.requests[0]?.ended)?.aborted).toBe(true)
      }
    })

    test('an abort is told as such and reaches the socket within 100 ms', async () => {
      const hang = async (
        afterPieces: number | undefined,
        run: (
          setup: Awaited<ReturnType<typeof failing>>,
          abort: AbortController,
        ) => Promise<unknown>,
      ) => {
        const fault: EmulatedFault =
          afterPieces === undefined ? { kind: 'stall' } : { kind: 'stall', afterPieces }
        const setup = await failing(subject, fault)
        const abort = new AbortController()
        const outcome = failureOf(run(setup, abort))
        await vi.waitFor(() => expect(setup.emulator.requests).toHaveLength(1), {
          interval: 5,
          timeout: 20_000,
        })
        if (afterPieces === undefined) abort.abort()
        const failure = await outcome
        const ended = await setup.emulator.requests[0]?.ended
        expect(failure.failureClass).toBe('cancelled')
        expect(ended?.aborted).toBe(true)
        return { ended, failure }
      }
      const chat = (input: ChatRequest) =>
        hang(undefined, ({ adapter }, { signal }) => adapter.chat(input, { signal }))
      await chat(request)
      await hang(undefined, ({ adapter }, { signal }) =>
        adapter.stream(request, { signal, onDelta: () => {} }),
      )

      const delays: number[] = []
      for (let times = 0; times < 3; times += 1) {
        let abortedAt = 0
        const heard: string[] = []
        const { ended, failure } = await hang(2, ({ adapter }, abort) =>
          adapter.stream(request, {
            signal: abort.signal,
            onDelta: (delta) => {
              heard.push(delta.text)
              if (heard.length < 2) return
              abortedAt = performance.now()
              abort.abort()
            },
          }),
        )
        expect(failure.afterContent).toBe(true)
        expect(heard).toEqual(somePieces.slice(0, 2))
        delays.push((ended?.at ?? Infinity) - abortedAt)
      }
      // The machine may do something else for a moment; a delay of ours would be there each time.
      expect(Math.min(...delays)).toBeLessThan(100)
    })

    test('a failed answer is not listened to any longer', async () => {
      const fault = { kind: 'stream-error', afterPieces: 1, as: 'overloaded', hangs: true } as const
      const setup = await failing(subject, fault)
      expect((await failureOfStream(setup, request)).failureClass).toBe('overloaded')
      expect((await setup.emulator.requests[0]?.ended)?.aborted).toBe(true)
    })

    test('a call that is cancelled before it begins sends nothing', async () => {
      const { adapter, emulator } = await emulated(subject)
      for (const { answer } of bothWays(adapter, AbortSignal.abort()))
        expect((await failureOf(answer(request))).failureClass).toBe('cancelled')
      expect(emulator.requests).toHaveLength(0)
    })

    test('leaves no timer, no listener and no unhandled rejection behind', async () => {
      const unhandled: unknown[] = []
      const onUnhandled = (reason: unknown) => unhandled.push(reason)
      process.on('unhandledRejection', onUnhandled)
      const set = vi.spyOn(globalThis, 'setTimeout')
      const clear = vi.spyOn(globalThis, 'clearTimeout')
      const abort = new AbortController()
      try {
        const faults: (EmulatedFault | null)[] = [
          null,
          { kind: 'refusal', as: 'overloaded' },
          { kind: 'stream-error', afterPieces: 1, as: 'overloaded' },
          { kind: 'broken-json', afterPieces: 1 },
          { kind: 'reset', afterPieces: 1 },
          { kind: 'stall', afterPieces: 1 },
        ]
        const { adapter } = await emulated(
          subject,
          {
            answer: ({ nth }) => ({
              text: somePieces,
              ...withFault(faults[(nth - 1) % faults.length]),
            }),
          },
          { idleTimeoutMs: 40, wholeAnswerTimeoutMs: 400 },
        )
        for (const { answer } of bothWays(adapter, abort.signal))
          for (const _ of faults) await answer(request).catch(() => {})
        const cleared = new Set(clear.mock.calls.map(([timer]) => timer))
        const left = set.mock.results.flatMap(({ value, type }, index) => {
          const delayMs = set.mock.calls[index]?.[1] ?? 0
          // The patient timers, and what an SDK is given of them. Others belong to the test runner.
          const isOurs = delayMs > 15_000 && delayMs < 31_000
          return type === 'return' && isOurs && !cleared.has(value) ? [delayMs] : []
        })
        expect(left).toEqual([])
        expect(getEventListeners(abort.signal, 'abort')).toEqual([])
        await new Promise((resolve) => setImmediate(resolve))
        expect(unhandled).toEqual([])
      } finally {
        process.off('unhandledRejection', onUnhandled)
        set.mockRestore()
        clear.mockRestore()
      }
    })
  })
