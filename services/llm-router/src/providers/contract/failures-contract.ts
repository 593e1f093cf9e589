import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import type { Refusal } from '@maestro/testkit/providers/emulator-script'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { wasNeverSent } from '../../call/never-sent.ts'
import { ProviderFailure } from '../provider-failure.ts'
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

const refusals: Record<Exclude<Refusal, 'content_blocked'>, FailureClass> = {
  rate_limited: 'rate_limited',
  rate_limited_day: 'rate_limited',
  overloaded: 'overloaded',
  server_error: 'overloaded',
  auth: 'auth',
  not_found: 'not_found',
  too_large: 'too_large',
  invalid_request: 'invalid_request',
  model_output: 'model_output',
}

/** What goes wrong alike for every provider, and what must not be left behind. */
export const describeFailures = (subject: ContractSubject) =>
  describe(`failures of ${subject.provider}`, () => {
    const request = ask(subject, 'Say something.')
    afterEach(() => {
      vi.restoreAllMocks()
    })

    test.each(Object.entries(refusals))('%s is told as %s, after one try', async (as, expected) => {
      const fault = { kind: 'refusal', as: as as Refusal, retryAfterMs: 3_600_000 } as const
      const { adapter, emulator } = await failing(subject, fault)
      for (const { answer } of bothWays(adapter)) {
        const failure = await failureOf(answer(request))
        expect(failure.failureClass).toBe(expected)
        // Gemini says this one inside of an answer.
        if (as !== 'model_output') expect(failure.told.status).toBeGreaterThanOrEqual(400)
        expect(failure.afterContent).toBe(false)
        expect(failure.message).not.toContain('SECRET')
        expect(JSON.stringify(failure.cause ?? null)).not.toContain('SECRET')
        if (expected === 'rate_limited') {
          expect(failure.retryAfterMs).toBe(3_600_000)
          expect(failure.scope).toBe(as === 'rate_limited' ? 'minute' : 'day')
        } else expect(failure.retryAfterMs).toBeNull()
      }
      expect(emulator.requests).toHaveLength(2)
    })

    test.each([
      [502, 'overloaded'],
      [403, 'auth'],
      [418, 'invalid_request'],
    ] as const)('status %i of a proxy that speaks HTML is told as %s', async (status, expected) => {
      const log = vi.spyOn(console, 'log')
      const { adapter } = await failing(subject, {
        kind: 'status',
        status,
        body: '<html>no</html>',
      })
      for (const { answer } of bothWays(adapter))
        expect((await failureOf(answer(request))).failureClass).toBe(expected)
      expect(log).not.toHaveBeenCalled()
    })

    test('nobody at the address is a failure of the network', async () => {
      const { adapter, emulator } = await emulated(subject)
      await emulator.close()
      for (const { answer } of bothWays(adapter)) {
        const failure = await failureOf(answer(request))
        expect(failure).toMatchObject({ failureClass: 'network', afterContent: false })
        // Else a call that nobody can have received would be paid for.
        expect(wasNeverSent(failure)).toBe(true)
      }
    })

    test('a kept connection that is closed as a request goes out says nothing of the provider', async () => {
      const fault = { kind: 'reset' } as const
      const { adapter } = await emulated(subject, {
        answer: ({ nth }) => ({ text: 'x', ...(nth > 3 && { fault }) }),
      })
      const { signal } = new AbortController()
      for (let times = 0; times < 3; times += 1) await adapter.chat(request, { signal })
      const failures: ProviderFailure[] = []
      // As many as were kept, and then a new one that is closed: that is the provider's doing.
      while (failures.at(-1)?.isKeptConnectionClosed !== false && failures.length < 5)
        failures.push(await failureOf(adapter.chat(request, { signal })))
      expect(failures.length).toBeGreaterThan(1)
      expect(failures.at(-1)?.isKeptConnectionClosed).toBe(false)
      expect(failures[0]).toMatchObject({ isKeptConnectionClosed: true, failureClass: 'network' })
      expect(failures[0]?.message).toContain('kept open')
      // It may have been read all the same.
      expect(failures.map(wasNeverSent)).toEqual(failures.map(() => false))
    })

    test('a reset connection is a failure of the network, before and after content', async () => {
      const before = await failing(subject, { kind: 'reset' })
      expect(await failureOfStream(before, request)).toMatchObject({
        failureClass: 'network',
        afterContent: false,
      })
      const after = await failing(subject, { kind: 'reset', afterPieces: 2 })
      expect(await failureOfStream(after, request)).toMatchObject({ failureClass: 'network' })
    })

    test('a stream without its finish marker is no answer', async () => {
      const failure = await failureOfStream(
        await failing(subject, { kind: 'no-finish-marker' }),
        request,
      )
      expect(failure).toMatchObject({ failureClass: 'incomplete_stream', afterContent: true })
    })

    test('a stream cut anywhere is the whole answer or none, never a part of it', async () => {
      const outcomes = new Set<string>()
      const { adapter } = await emulated(subject, {
        answer: ({ nth }) => ({
          text: somePieces,
          fault: { kind: 'truncation', afterBytes: (nth - 1) * 45 },
        }),
      })
      for (let cut = 0; cut < 60; cut += 1) {
        const outcome = await adapter
          .stream(request, { signal: new AbortController().signal, onDelta: () => {} })
          .then(
            ({ answer }) => answer.text,
            (error: unknown) => (error instanceof ProviderFailure ? error.failureClass : error),
          )
        outcomes.add(String(outcome))
      }
      expect(outcomes).toEqual(new Set(['incomplete_stream', somePieces.join('')]))
    })

    test('a whole answer that is cut is no answer', async () => {
      const { adapter } = await failing(subject, { kind: 'truncation', afterBytes: 90 })
      const { signal } = new AbortController()
      const failure = await failureOf(adapter.chat(request, { signal }))
      expect(failure.failureClass).toBe('incomplete_stream')
    })

    test('a complete answer stands, also when its connection then hangs or breaks', async () => {
      for (const kind of ['stall', 'reset'] as const) {
        const setup = await failing(subject, { kind, afterPieces: 99 }, { drainTimeoutMs: 60 })
        const { signal } = new AbortController()
        const result = await setup.adapter.stream(request, { signal, onDelta: () => {} })
        expect(result.answer.text).toBe(somePieces.join(''))
        expect(result.usageEstimated).toBeUndefined()
      }
    })

    test('an error inside the stream is told, before and after content', async () => {
      for (const [afterPieces, afterContent] of [
        [0, false],
        [2, true],
      ] as const) {
        const fault = { kind: 'stream-error', afterPieces, as: 'overloaded' } as const
        const failure = await failureOfStream(await failing(subject, fault), request)
        expect(failure).toMatchObject({ failureClass: 'overloaded', afterContent })
      }
    })

    test('broken JSON is no answer, and is not printed', async () => {
      const printed = (['log', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name))
      const failure = await failureOfStream(
        await failing(subject, { kind: 'broken-json', afterPieces: 2 }),
        request,
      )
      expect(failure.failureClass).toBe('incomplete_stream')
      expect(`${failure.message} ${String(failure.cause)}`).not.toContain('SECRET')
      for (const print of printed) expect(print).not.toHaveBeenCalled()
    })
  })
