import { expect, test } from 'vitest'
import { failuresBeforeOpening } from './breaker.ts'
import { keyScope, modelScope, subjectScope } from './condition-news.ts'
import { afterNews, type ConditionNews, unknownRecord } from './condition-record.ts'
import { stateChangeOf } from './state-facts.ts'

const nowMs = Date.parse('2026-11-27T00:00:00Z')
const subject = { provider: 'groq', keyId: null, model: 'm' } as const
const until = '2026-11-27T00:01:00.000Z'
const untilMs = Date.parse(until)

/** What is told, step by step. */
const told = (scope: string, ...all: readonly ConditionNews[]) => {
  let record = unknownRecord
  return all.flatMap((news, index) => {
    const before = record
    record = afterNews(before, news, nowMs + index)
    return stateChangeOf({ scope, before, after: record }) ?? []
  })
}

test('a breaker is told when it opens and when it closes, not while it is tried', () => {
  const failed = { what: 'failed', trialId: null } as const
  const opening = Array.from({ length: failuresBeforeOpening }, () => failed)
  expect(told(subjectScope(subject), ...opening, failed)).toMatchObject([
    { from: 'ready', to: 'broken', model: 'm', until: '2026-11-27T00:00:05.004Z' },
  ])
})

test('a key that is refused and one that works again are told, whatever the model', () =>
  expect(
    told(
      keyScope(subject),
      { what: 'turned-off', untilMs, reason: 'no' },
      { what: 'turned-off', untilMs, reason: 'no' },
      { what: 'answered', trialId: null },
    ),
  ).toEqual([
    { provider: 'groq', keyId: null, model: null, from: 'ready', to: 'off', reason: 'no', until },
    {
      provider: 'groq',
      keyId: null,
      model: null,
      from: 'off',
      to: 'ready',
      reason: '',
      until: null,
    },
  ]))

test('a model that does not exist is told by its name, also one with a strange name', () =>
  expect(
    told(modelScope({ provider: 'ollama', model: 'a|b' }), {
      what: 'turned-off',
      untilMs,
      reason: 'no',
    }),
  ).toMatchObject([{ provider: 'ollama', model: 'a|b', to: 'off' }]))

test('a limit of a minute is told to nobody, one of a day is', () => {
  const limited = { what: 'limited', untilMs, reason: 'wait' } as const
  expect(told(subjectScope(subject), { ...limited, isForTheDay: false })).toEqual([])
  expect(told(subjectScope(subject), { ...limited, isForTheDay: true })).toMatchObject([
    { to: 'cooling', reason: 'wait', until },
  ])
})
