import type { ModelHealth } from '@maestro/contracts/llm/model-health'
import { expect, test } from 'vitest'
import { modelLines } from './model-lines.ts'

const health = (model: string, state: ModelHealth['state']): ModelHealth => ({
  model,
  keyId: null,
  state,
  until: null,
  reason: '',
  calls: 0,
  callsInFlight: 0,
  failures: [],
  failureShare: 0,
  latencyMs: null,
  firstTokenMs: null,
  headroom: null,
})
const provider = (name: 'groq' | 'gemini', models: ModelHealth[]) => ({
  provider: name,
  configured: true,
  model: models[0]?.model ?? '',
  state: 'ready' as const,
  until: null,
  reason: '',
  models,
})
const figures = (name: string | null, model: string | null) => ({
  provider: name,
  model,
  calls: 3,
  failed: 0,
  reused: 0,
  retries: 0,
  fallbacks: 0,
  lost: 0,
  inputTokens: 1,
  outputTokens: 1,
  costUsd: '0',
  latencyMs: 9,
})

test('a model has its state and its figures in one line, in the order of the providers', () => {
  const lines = modelLines(
    [provider('groq', [health('small', 'ready')]), provider('gemini', [health('flash', 'off')])],
    [figures('gemini', 'flash'), figures('groq', 'large')],
  )
  expect(lines.map(({ model, now, figures: of }) => [model, now?.state, of?.calls])).toEqual([
    ['small', 'ready', undefined],
    ['large', undefined, 3],
    ['flash', 'off', 3],
  ])
})

test('of a model with several keys the one that can do most tells its state', () => {
  const [line, ...rest] = modelLines(
    [provider('groq', [health('small', 'broken'), health('small', 'cooling')])],
    [],
  )
  expect(rest).toEqual([])
  expect(line?.now?.state).toBe('cooling')
})

test('calls that nobody was asked for in the end stand last', () => {
  const lines = modelLines(
    [provider('groq', [health('small', 'ready')])],
    [figures(null, null), figures('groq', 'small')],
  )
  expect(lines.map((line) => line.provider)).toEqual(['groq', null])
})
