import { getEventListeners } from 'node:events'
import type { EmulatedReply } from '@maestro/testkit/providers/emulator-script'
import { describe, expect, test } from 'vitest'
import type { AttemptTimers } from '../attempt-timers.ts'
import type { Embedder } from '../provider-adapter.ts'
import { type ContractSubject, emulated, failureOf } from './contract-subject.ts'

const texts = ['Four rows.', 'Zwei Spalten: Grüße 🎼', 'Four rows.']

/** What every provider of embeddings does alike, against the emulator of its wire. */
export const describeEmbeddings = (subject: ContractSubject, model: string) => {
  const embedding = async (reply: EmulatedReply = {}, timers: Partial<AttemptTimers> = {}) => {
    const { emulator, adapter } = await emulated(
      subject,
      { models: [], rules: [{ reply }] },
      timers,
    )
    const { embedder } = adapter
    if (embedder === undefined) throw new Error(`${subject.provider} makes no embeddings`)
    const embed = (more: Partial<Parameters<Embedder['embed']>[0]> = {}, signal?: AbortSignal) =>
      embedder.embed({ model, texts, ...more }, { signal: signal ?? new AbortController().signal })
    return { emulator, embed }
  }

  return describe(`embeddings of ${subject.provider}`, () => {
    test('gives one vector for each text, in their order, of the model that was asked', async () => {
      const { emulator, embed } = await embedding()
      const { vectors, model: answeredBy } = await embed()
      expect(answeredBy).toBe(model)
      expect(vectors).toHaveLength(3)
      expect(vectors[0]).toEqual(vectors[2])
      expect(vectors[0]).not.toEqual(vectors[1])
      const sent = emulator.requests[0]?.request
      expect(sent).toMatchObject({ model, embeds: true })
      expect(sent?.messages.map(({ text }) => text)).toEqual(texts)
    })

    test('counts what the provider counted, and estimates on the high side where it did not', async () => {
      const counted = await embedding({ usage: { inputTokens: 17 } })
      const result = await counted.embed()
      expect(result).toMatchObject({ usage: { inputTokens: 17, outputTokens: 0 } })
      expect(result.usageEstimated).toBeUndefined()
      const silent = await (await embedding({ usage: null })).embed()
      expect(silent.usageEstimated).toBe(true)
      expect(silent.usage.inputTokens).toBeGreaterThanOrEqual(14)
    })

    test.each([
      [
        'too few',
        [
          [1, 2],
          [3, 4],
        ],
      ],
      ['of different lengths', [[1, 2], [3, 4], [5]]],
      ['empty', [[], [], []]],
    ] as const)('vectors that are %s are no answer', async (_, vectors) => {
      const { embed } = await embedding({ vectors })
      expect((await failureOf(embed())).failureClass).toBe('incomplete_stream')
    })

    test.each([
      [{ kind: 'refusal', as: 'rate_limited', retryAfterMs: 3_600_000 }, 'rate_limited'],
      [{ kind: 'refusal', as: 'overloaded' }, 'overloaded'],
      [{ kind: 'refusal', as: 'auth' }, 'auth'],
      [{ kind: 'refusal', as: 'not_found' }, 'not_found'],
      [{ kind: 'refusal', as: 'too_large' }, 'too_large'],
      [{ kind: 'status', status: 502, body: '<html>no</html>' }, 'overloaded'],
      [{ kind: 'reset' }, 'network'],
      [{ kind: 'truncation', afterBytes: 30 }, 'incomplete_stream'],
    ] as const)('%o is told as %s, after one try', async (fault, expected) => {
      const { emulator, embed } = await embedding({ fault })
      const failure = await failureOf(embed())
      expect(failure.failureClass).toBe(expected)
      expect(failure.retryAfterMs).toBe(expected === 'rate_limited' ? 3_600_000 : null)
      expect(emulator.requests).toHaveLength(1)
    })

    test('a provider that says nothing is left, and leaves no open request and no listener', async () => {
      const { emulator, embed } = await embedding(
        { fault: { kind: 'stall' } },
        { wholeAnswerTimeoutMs: 80 },
      )
      const { signal } = new AbortController()
      expect(await failureOf(embed({}, signal))).toMatchObject({
        failureClass: 'timeout',
        timeoutKind: 'whole_answer',
      })
      expect(await emulator.requests[0]?.ended).toMatchObject({ aborted: true })
      expect(getEventListeners(signal, 'abort')).toHaveLength(0)
    })

    test('a cancel reaches the provider’s socket at once', async () => {
      const { emulator, embed } = await embedding({ fault: { kind: 'stall' } })
      const abort = new AbortController()
      const asked = failureOf(embed({}, abort.signal))
      await expect.poll(() => emulator.requests.length).toBe(1)
      abort.abort()
      expect((await asked).failureClass).toBe('cancelled')
      expect(await emulator.requests[0]?.ended).toMatchObject({ aborted: true })
    })

    test('a text that its model would cut silently is refused before it is sent', async () => {
      const { emulator, embed } = await embedding()
      const failure = await failureOf(embed({ texts: ['short', 'word '.repeat(40_000)] }))
      expect(failure.failureClass).toBe('too_large')
      expect(emulator.requests).toHaveLength(0)
    })
  })
}
