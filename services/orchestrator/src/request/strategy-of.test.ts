import { expect, test } from 'vitest'
import { strategyOf } from './strategy-of.ts'

const strategy = {
  providers: ['ollama' as const],
  models: { groq: 'of-task', gemini: 'of-task' },
  prefer: 'price' as const,
}

test('an agent says who answers its calls; what it leaves out is the task’s', () =>
  expect(
    strategyOf({ providers: [], strategy }, { strategy: { models: { groq: 'of-agent' } } }),
  ).toEqual({ ...strategy, models: { groq: 'of-agent', gemini: 'of-task' } }))

test('while the plan is drafted the task decides, and its order goes before that of its strategy', () =>
  expect(strategyOf({ providers: ['groq'], strategy }, undefined)).toEqual({
    ...strategy,
    providers: ['groq'],
  }))

test('a task that wishes nothing leaves everything to the system', () =>
  expect(strategyOf({ providers: [] }, undefined)).toEqual({}))

test('what a person said after a failure goes before all of them', () =>
  expect(
    strategyOf(
      { providers: ['groq'], strategy },
      { strategy: { models: { groq: 'of-agent' } } },
      { providers: ['gemini'], models: { gemini: 'told' } },
    ),
  ).toEqual({
    ...strategy,
    providers: ['gemini'],
    models: { groq: 'of-agent', gemini: 'told' },
  }))
