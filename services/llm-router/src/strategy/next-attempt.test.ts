import type { AttemptFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import { KeyId } from '@maestro/contracts/llm/key-id'
import { noMoney } from '@maestro/contracts/money/nano-usd'
import { describe, expect, test } from 'vitest'
import type { Candidate } from './list-candidates.ts'
import { attemptsMax, type Decision, nextAttempt } from './next-attempt.ts'
import type { ProviderCondition } from './provider-condition.ts'

const nowMs = 1_000_000
const candidate = (
  provider: ProviderName,
  condition: ProviderCondition = { state: 'ready' },
  keyId: KeyId | null = null,
): Candidate => ({ provider, model: `${provider}-model`, keyId, condition })
const cooling = (forMs: number): ProviderCondition => ({
  state: 'cooling',
  untilMs: nowMs + forMs,
  reason: `wait ${forMs} ms`,
})
const off: ProviderCondition = { state: 'off', untilMs: null, reason: 'not configured' }

const attempt = (
  provider: ProviderName,
  outcome: AttemptFacts['outcome'],
  failureClass: FailureClass | null,
): AttemptFacts => ({
  attempt: 1,
  provider,
  model: `${provider}-model`,
  keyId: null,
  outcome,
  failureClass,
  reason: failureClass === null ? '' : `it was ${failureClass}`,
  latencyMs: 1,
  costNanoUsd: noMoney,
})
const failed = (provider: ProviderName, failureClass: FailureClass) =>
  attempt(provider, 'failed', failureClass)

const next = (
  candidates: readonly Candidate[],
  attempts: readonly AttemptFacts[],
  { leftMs = 60_000, random = () => 1 }: { leftMs?: number; random?: () => number } = {},
): Decision => nextAttempt({ candidates, attempts, nowMs, deadlineMs: nowMs + leftMs, random })
const providerOf = (decision: Decision) =>
  decision.do === 'fail'
    ? `fail ${decision.failureClass}`
    : `${decision.do} ${decision.candidate.provider}`

const three = [candidate('groq'), candidate('gemini'), candidate('ollama')]

test('starts with the first of the order, at once', () =>
  expect(next(three, [])).toEqual({ do: 'send', candidate: three[0], waitMs: 0 }))

describe('after a failure', () => {
  test.each(['overloaded', 'timeout', 'network', 'model_output', 'incomplete_stream'] as const)(
    '%s: the same provider once more, after a backoff, then the next one',
    (failureClass) => {
      const once = next(three, [failed('groq', failureClass)])
      expect(providerOf(once)).toBe('send groq')
      expect(once).toMatchObject({ waitMs: 500 })
      const twice = [failed('groq', failureClass), failed('groq', failureClass)]
      expect(providerOf(next(three, twice))).toBe('send gemini')
    },
  )

  test.each(['auth', 'not_found', 'too_large', 'invalid_request', 'content_blocked'] as const)(
    '%s: the next provider at once',
    (failureClass) =>
      expect(next(three, [failed('groq', failureClass)])).toEqual({
        do: 'send',
        candidate: three[1],
        waitMs: 0,
      }),
  )

  test('the backoff is anything up to its bound, so that callers spread', () =>
    expect(next(three, [failed('groq', 'overloaded')], { random: () => 0.2 })).toMatchObject({
      waitMs: 100,
    }))

  test('no retry that would not start before the deadline', () =>
    expect(providerOf(next(three, [failed('groq', 'overloaded')], { leftMs: 400 }))).toBe(
      'send gemini',
    ))
})

describe('rate limits', () => {
  test('a short wait is waited, spread so that not all come back at once', () => {
    const decision = next(
      [candidate('groq', cooling(1_500)), candidate('gemini')],
      [failed('groq', 'rate_limited')],
      { random: () => 0.5 },
    )
    expect(decision).toMatchObject({ do: 'send', waitMs: 1_600 })
    expect(providerOf(decision)).toBe('send groq')
  })

  test('a long wait is a reason to fall back at once', () =>
    expect(
      providerOf(
        next(
          [candidate('groq', cooling(2_500)), candidate('gemini')],
          [failed('groq', 'rate_limited')],
        ),
      ),
    ).toBe('send gemini'))

  test('one that others ran into is passed over with a word', () =>
    expect(next([candidate('groq', cooling(30_000)), candidate('gemini')], [])).toMatchObject({
      do: 'skip',
      failureClass: 'rate_limited',
      reason: 'wait 30000 ms',
    }))

  test('is waited for when nobody else is left and the deadline allows', () => {
    const alone = [candidate('groq', cooling(6_000))]
    const told = [failed('groq', 'rate_limited')]
    expect(next(alone, told, { random: () => 0 })).toMatchObject({ do: 'send', waitMs: 6_000 })
    expect(providerOf(next(alone, told, { leftMs: 5_000 }))).toBe('fail rate_limited')
    expect(providerOf(next([candidate('groq', cooling(120_000))], told, { leftMs: 600_000 }))).toBe(
      'fail rate_limited',
    )
  })

  test('does not wait for a provider for ever', () => {
    const told = [1, 2, 3].map(() => failed('groq', 'rate_limited'))
    expect(providerOf(next([candidate('groq', cooling(6_000))], told))).toBe('fail rate_limited')
  })
})

describe('the end', () => {
  test('a provider that cannot be used is passed over with the reason', () =>
    expect(next([candidate('gemini', off), candidate('ollama')], [])).toMatchObject({
      do: 'skip',
      failureClass: 'no_provider',
      reason: 'not configured',
    }))

  test('nobody there at all is no_provider', () =>
    expect(
      next([candidate('gemini', off)], [attempt('gemini', 'skipped', 'no_provider')]),
    ).toMatchObject({
      do: 'fail',
      failureClass: 'no_provider',
    }))

  test('says what each provider said last, and what to do', () => {
    const decision = next(
      [candidate('groq'), candidate('gemini')],
      [failed('groq', 'auth'), failed('gemini', 'too_large')],
    )
    expect(decision).toMatchObject({ do: 'fail', failureClass: 'too_large' })
    expect(decision.do === 'fail' && decision.message).toBe(
      'No provider answered (groq: it was auth; gemini: it was too_large). Shorten the inputs or choose a model with a larger context.',
    )
  })

  test('a message for people never grows beyond its bound', () => {
    const long = { ...failed('groq', 'auth'), reason: 'x'.repeat(2_000) }
    const decision = next([candidate('groq')], [long])
    expect(decision.do === 'fail' && decision.message.length).toBeLessThanOrEqual(1_000)
  })

  test('after the deadline nothing is sent', () =>
    expect(providerOf(next(three, [], { leftMs: 0 }))).toBe('fail deadline'))

  test('a lost attempt says nothing about its provider, but only so many may be lost', () => {
    const lost = attempt('groq', 'lost', null)
    expect(next(three, [lost, lost, lost])).toMatchObject({ do: 'send', candidate: three[0] })
    const tooMany = Array.from({ length: attemptsMax }, () => lost)
    expect(providerOf(next(three, tooMany))).toBe('fail internal')
  })

  test('whatever happens, it ends: no order of failures is tried for ever', () => {
    const classes = [
      'rate_limited',
      'overloaded',
      'timeout',
      'auth',
      'internal',
      'model_output',
    ] as const
    for (let seed = 0; seed < 200; seed += 1) {
      const attempts: AttemptFacts[] = []
      let decision = next(three, attempts)
      for (let step = 0; decision.do !== 'fail'; step += 1) {
        expect(step).toBeLessThan(attemptsMax + three.length + 1)
        const failureClass =
          classes[(seed * 7 + step * 13 + attempts.length) % classes.length] ?? 'auth'
        attempts.push(
          decision.do === 'skip'
            ? attempt(decision.candidate.provider, 'skipped', decision.failureClass)
            : failed(decision.candidate.provider, failureClass),
        )
        decision = next(three, attempts)
      }
    }
  })
})

describe('with several keys of one provider', () => {
  const [one, other] = [KeyId.parse('key_1'), KeyId.parse('key_2')]
  const with2nd = [candidate('groq', { state: 'ready' }, other), candidate('gemini')]
  const failedWith = (keyId: KeyId, failureClass: FailureClass) => ({
    ...failed('groq', failureClass),
    keyId,
  })

  test.each(['auth', 'rate_limited'] as const)('%s of one key: the other key at once', (of) =>
    expect(next(with2nd, [failedWith(one, of)])).toEqual({
      do: 'send',
      candidate: with2nd[0],
      waitMs: 0,
    }),
  )

  test('what the model or the provider did counts whichever key was used', () =>
    expect(
      providerOf(next(with2nd, [failedWith(one, 'overloaded'), failedWith(one, 'overloaded')])),
    ).toBe('send gemini'))

  test('both refused: the next provider', () =>
    expect(providerOf(next(with2nd, [failedWith(one, 'auth'), failedWith(other, 'auth')]))).toBe(
      'send gemini',
    ))
})
