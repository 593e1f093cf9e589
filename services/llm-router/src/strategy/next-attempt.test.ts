import { attemptsMax } from '@maestro/contracts/llm/call-bounds'
import { type AttemptFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import { KeyId } from '@maestro/contracts/llm/key-id'
import type { RecoveryStrategies } from '@maestro/contracts/llm/recovery-strategy'
import { noMoney } from '@maestro/contracts/money/nano-usd'
import { describe, expect, test } from 'vitest'
import { defaultStrategies } from '../recovery/default-strategies.ts'
import type { Candidate } from './list-candidates.ts'
import { type Decision, nextAttempt } from './next-attempt.ts'
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
  {
    leftMs = 60_000,
    random = () => 1,
    strategies = {},
    onIncomplete,
  }: {
    leftMs?: number
    random?: () => number
    strategies?: Partial<RecoveryStrategies>
    onIncomplete?: 'retry' | 'fall-back'
  } = {},
): Decision =>
  nextAttempt({
    candidates,
    attempts,
    strategies: { ...defaultStrategies, ...strategies },
    onIncomplete,
    nowMs,
    deadlineMs: nowMs + leftMs,
    random,
  })
const providerOf = (decision: Decision) =>
  decision.do === 'fail'
    ? `fail ${decision.failureClass}`
    : `${decision.do} ${decision.candidate.provider}`

const three = [candidate('groq'), candidate('gemini'), candidate('ollama')]

test('starts with the first of the order, at once', () =>
  expect(next(three, [])).toEqual({
    do: 'send',
    candidate: three[0],
    waitMs: 0,
    repairs: null,
  }))

describe('after a failure', () => {
  test.each(['overloaded', 'timeout', 'network', 'incomplete_stream', 'internal'] as const)(
    '%s: the same provider once more, after a backoff, then the next one',
    (failureClass) => {
      const once = next(three, [failed('groq', failureClass)])
      expect(providerOf(once)).toBe('send groq')
      expect(once).toMatchObject({ waitMs: 500, repairs: null })
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
        repairs: null,
      }),
  )

  test('model_output: the same model at once, told what was wrong, then the next one, which is not told', () => {
    const once = [failed('groq', 'model_output')]
    expect(next(three, once)).toEqual({
      do: 'send',
      candidate: three[0],
      waitMs: 0,
      repairs: 'it was model_output',
    })
    expect(next(three, [...once, ...once])).toMatchObject({ candidate: three[1], repairs: null })
  })

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

  test('a provider whose breaker opened meanwhile is waited for as well, while it has a try left', () => {
    const alone = [candidate('groq', cooling(6_000))]
    const once = [failed('groq', 'network')]
    expect(next(alone, once, { random: () => 0 })).toMatchObject({ do: 'send', waitMs: 6_000 })
    expect(providerOf(next(alone, [...once, ...once]))).toBe('fail network')
    expect(providerOf(next(alone, [failed('groq', 'content_blocked')]))).toBe(
      'fail content_blocked',
    )
  })

  test('does not wait for a provider for ever', () => {
    const told = [1, 2, 3].map(() => failed('groq', 'rate_limited'))
    expect(providerOf(next([candidate('groq', cooling(6_000))], told))).toBe('fail rate_limited')
  })
})

describe('a breaker that is open', () => {
  const broken: ProviderCondition = {
    state: 'cooling',
    untilMs: nowMs + 30_000,
    reason: 'it failed too often',
    isBroken: true,
  }

  test('is passed over, and is not called a limit', () =>
    expect(next([candidate('groq', broken), candidate('gemini')], [])).toMatchObject({
      do: 'skip',
      failureClass: 'overloaded',
    }))
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
      repairs: null,
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

describe('strategies that were changed', () => {
  const retry = {
    do: 'retry',
    triesMax: 4,
    backoffMsBase: 1_000,
    backoffMsMax: 1_500,
    afterwards: 'fail',
  } as const

  test('as many tries as they say, with their own backoff, and then what they say', () => {
    const strategies = { overloaded: retry }
    const after = (failures: number) =>
      next(
        three,
        Array.from({ length: failures }, () => failed('groq', 'overloaded')),
        { strategies },
      )
    expect([1, 2, 3].map(after)).toMatchObject([
      { candidate: three[0], waitMs: 1_000 },
      { candidate: three[0], waitMs: 1_500 },
      { candidate: three[0], waitMs: 1_500 },
    ])
    expect(providerOf(after(4))).toBe('fail overloaded')
  })

  test('no backoff beyond the deadline: then it is over', () =>
    expect(
      providerOf(
        next(three, [failed('groq', 'overloaded')], {
          leftMs: 900,
          strategies: { overloaded: retry },
        }),
      ),
    ).toBe('fail overloaded'))

  test('fail ends the call with the failure, whoever else could be asked', () =>
    expect(
      next(three, [failed('groq', 'content_blocked')], {
        strategies: { content_blocked: { do: 'fail' } },
      }),
    ).toMatchObject({
      do: 'fail',
      failureClass: 'content_blocked',
      message: expect.stringContaining('groq: it was content_blocked'),
    }))

  test('what each failure of the call was decides, not the first one', () =>
    expect(
      providerOf(
        next(three, [failed('groq', 'auth'), failed('gemini', 'content_blocked')], {
          strategies: { content_blocked: { do: 'fail' } },
        }),
      ),
    ).toBe('fail content_blocked'))

  test('rate limits that are not to be waited for are a reason to fall back at once', () => {
    const strategies = { rate_limited: { do: 'fall-back' } } as const
    const both = [candidate('groq', cooling(100)), candidate('gemini')]
    expect(providerOf(next(both, [], { strategies }))).toBe('skip groq')
    const told = [failed('groq', 'rate_limited')]
    expect(providerOf(next(both, told, { strategies }))).toBe('send gemini')
    expect(providerOf(next([candidate('groq', cooling(100))], told, { strategies }))).toBe(
      'fail rate_limited',
    )
  })

  test('whatever they are, a call has an end', () => {
    const strategies = Object.fromEntries(
      FailureClass.options.map((failureClass) => [failureClass, { ...retry, triesMax: 5 }]),
    )
    const attempts: AttemptFacts[] = []
    for (let rounds = 0; rounds <= attemptsMax; rounds += 1) {
      const decision = next(three, attempts, { strategies })
      if (decision.do !== 'send') break
      attempts.push(failed(decision.candidate.provider, 'network'))
    }
    expect(attempts.length).toBeLessThanOrEqual(attemptsMax)
    expect(providerOf(next(three, attempts, { strategies }))).toMatch(/^fail/)
  })
})

describe('an answer that broke off', () => {
  const cut = { ...failed('groq', 'network'), afterContent: true }

  test('is asked for again as its class says', () => {
    expect(providerOf(next(three, [cut]))).toBe('send groq')
    expect(providerOf(next(three, [cut], { onIncomplete: 'retry' }))).toBe('send groq')
  })

  test('goes to the next provider at once where the asker wants that, and only then', () => {
    expect(providerOf(next(three, [cut], { onIncomplete: 'fall-back' }))).toBe('send gemini')
    const silent = [failed('groq', 'network')]
    expect(providerOf(next(three, silent, { onIncomplete: 'fall-back' }))).toBe('send groq')
  })
})
