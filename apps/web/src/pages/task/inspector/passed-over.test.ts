import type { ConsideredModel } from '@maestro/contracts/llm/call-decision'
import type { CallFacts } from '@maestro/contracts/llm/call-facts'
import type { ProviderName } from '@maestro/contracts/llm/chat'
import { noUsage } from '@maestro/contracts/money/cost-of'
import { noMoney } from '@maestro/contracts/money/nano-usd'
import { expect, test } from 'vitest'
import { passedOver } from './passed-over.ts'

const considered = (
  provider: ProviderName,
  state: ConsideredModel['state'] = 'ready',
): ConsideredModel => ({
  provider,
  model: `${provider}-model`,
  keyId: null,
  state,
  reason: state === 'ready' ? '' : `it is ${state}`,
  latencyMs: null,
  priceNanoUsd: null,
  headroomPercent: null,
})
const facts = (provider: ProviderName | null, models: readonly ConsideredModel[]): CallFacts => ({
  provider,
  model: null,
  usage: noUsage,
  costNanoUsd: noMoney,
  latencyMs: 1,
  firstTokenMs: null,
  attempts: [],
  decision: { prefer: 'order', isWished: false, strategyVersion: 1, considered: [...models] },
})
const names = (of: CallFacts) => passedOver(of).map(({ provider }) => provider)
const models = [considered('groq', 'cooling'), considered('gemini'), considered('ollama', 'off')]

test('says who came before the one that answered and was not asked', () =>
  expect(names(facts('gemini', models))).toEqual(['groq']))

test('says all of them when nobody answered', () =>
  expect(names(facts(null, models))).toEqual(['groq', 'ollama']))

test('says nothing of who was asked after all, nor of calls without a decision', () => {
  const asked = {
    attempt: 1,
    provider: 'groq',
    model: 'groq-model',
    outcome: 'failed',
    failureClass: 'timeout',
    reason: '',
    latencyMs: 1,
    costNanoUsd: noMoney,
  } as const
  expect(names({ ...facts('gemini', models), attempts: [asked] })).toEqual([])
  const { decision: _, ...older } = facts('gemini', models)
  expect(names(older)).toEqual([])
})
