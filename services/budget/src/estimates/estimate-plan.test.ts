import { nanoUsd } from '@maestro/contracts/money/nano-usd'
import { defaultTaskOptions } from '@maestro/contracts/task/task-options'
import { expect, test } from 'vitest'
import { createPriceBook } from '../prices/price-book.ts'
import { priceTable } from '../prices/price-table.ts'
import { estimatePlan } from './estimate-plan.ts'
import { totalOf } from './total-of.ts'
import type { WorkSample } from './work-sample.ts'

const prices = createPriceBook(priceTable.map((price) => ({ ...price, origin: 'file' as const })))
const at = new Date('2026-11-22T12:00:00Z')
/** An input token of it costs 150 nano-dollars, one of output 600. */
const big = 'openai/gpt-oss-120b'
const small = 'openai/gpt-oss-20b'

const candidate = (model: string, contextTokensMax: number | null = 10_000) => ({
  provider: 'groq' as const,
  model,
  contextTokensMax,
  price: prices.priceAt('groq', model, at),
})
const rehearsal = {
  provider: 'rehearsal' as const,
  model: 'rehearsal',
  contextTokensMax: null,
  price: prices.priceAt('rehearsal', 'rehearsal', at),
}
const among = (...ofTask: Parameters<typeof estimatePlan>[1]['ofTask'][number][]) => ({
  ofTask,
  ofJudge: ofTask,
  ofAgent: new Map([
    ['writer', ofTask],
    ['critic', ofTask],
  ]),
})
const sample = (taskId: string, change: Partial<WorkSample> = {}): WorkSample => ({
  of: 'step',
  taskId,
  role: 'writer',
  provider: 'groq',
  model: big,
  inputTokens: 1_000,
  cachedInputTokens: 0,
  outputTokens: 100,
  ...change,
})
const three = (change: Partial<WorkSample> = {}) =>
  ['task_1', 'task_2', 'task_3'].map((taskId) => sample(taskId, change))

const oneStep = {
  agents: [{ name: 'writer' }],
  steps: [{ step: 'write', agent: 'writer', retriesMax: 1 }],
} as unknown as NonNullable<Parameters<typeof estimatePlan>[0]['plan']>
const options = { ...defaultTaskOptions, limits: { ...defaultTaskOptions.limits, turnsMax: 2 } }
const planned = { plan: oneStep, options }
const line = (...given: Parameters<typeof estimatePlan>) => {
  const [first] = estimatePlan(...given)
  if (first === undefined) throw new Error('there is no line')
  return first
}

test.each([
  ['the same role with the same model', three(), 'role', 210_000],
  ['another role with the model', three({ role: 'reader' }), 'model', 210_000],
  // The tokens of another model, at the price of the one that will answer.
  ['another model', three({ model: small }), 'operation', 210_000],
])('%s says what is expected', (_what, samples, basis, expectedNanoUsd) => {
  expect(line(planned, among(candidate(big)), samples)).toMatchObject({
    step: 'write',
    agent: 'writer',
    model: { provider: 'groq', model: big },
    basis,
    samples: 3,
    expectedNanoUsd,
    expectedInputTokens: 1_000,
    expectedOutputTokens: 100,
  })
})

test('two samples are chance: without a history the worst is expected, and said to be', () => {
  // Two attempts of two turns, each sent at most eight times, each as large as the model takes it.
  const worst = 2 * 2 * 8 * (10_000 * 150 + 8_192 * 600)
  expect(line(planned, among(candidate(big)), three().slice(1))).toMatchObject({
    basis: 'bounds',
    samples: 0,
    expectedNanoUsd: worst,
    worstNanoUsd: worst,
  })
})

test('the worst is that of the dearest model that may answer', () => {
  const both = among(candidate(small), candidate(big))
  expect(line(planned, both, three())).toMatchObject({
    model: { model: small },
    worstNanoUsd: 2 * 2 * 8 * (10_000 * 150 + 8_192 * 600),
  })
})

test('what runs for each item and again and again has a worst as often, and is expected as often as its plan lets expect', () => {
  const many = {
    ...oneStep,
    steps: oneStep.steps.map((step) => ({ ...step, timesMax: 30, timesExpected: 10 })),
  }
  const given = [among(candidate(big)), three()] as const
  const once = line(planned, ...given)
  expect(line({ ...planned, plan: many }, ...given)).toMatchObject({
    expectedNanoUsd: 10 * (once.expectedNanoUsd ?? Number.NaN),
    worstNanoUsd: 30 * (once.worstNanoUsd ?? Number.NaN),
  })
})

const lineWith = (change: object, samples: readonly WorkSample[] = three()) => {
  const steps = oneStep.steps.map((step) => ({ ...step, ...change }))
  return line({ ...planned, plan: { ...oneStep, steps } }, among(candidate(big)), samples)
}

test('what runs only if a condition holds is expected half as often, and has the same worst', () => {
  const once = lineWith({})
  expect(lineWith({ isConditional: true })).toMatchObject({
    expectedNanoUsd: 105_000,
    worstNanoUsd: once.worstNanoUsd,
  })
})

test('who judges an output is expected to do so once; turns bound all of them together', () => {
  const once = lineWith({})
  expect(lineWith({ reviewers: ['critic'] })).toMatchObject({
    basis: 'model',
    expectedNanoUsd: 420_000,
    worstNanoUsd: once.worstNanoUsd,
  })
  // The agent itself: its role has judged before, another one has not.
  expect(lineWith({ isRefined: true }).expectedNanoUsd).toBe(210_000)
  expect(lineWith({ isRefined: true }, three({ role: 'reader' })).expectedNanoUsd).toBe(420_000)
})

test('a step that holds a plan costs what that plan does, as often as it runs', () => {
  const once = lineWith({})
  const piece = { agent: 'writer', retriesMax: 1 }
  const holds = [piece, { ...piece, timesMax: 3, timesExpected: 2 }]
  expect(lineWith({ holds, timesMax: 5, timesExpected: 4 })).toMatchObject({
    step: 'write',
    expectedNanoUsd: (1 + 2) * 4 * 210_000,
    worstNanoUsd: (1 + 3) * 5 * (once.worstNanoUsd ?? Number.NaN),
  })
})

test('turns that a step bounds itself bound its worst', () => {
  const once = lineWith({})
  expect(lineWith({ turnsMax: 1 }).worstNanoUsd).toBe((once.worstNanoUsd ?? Number.NaN) / 2)
})

test('a judge is a line of its own, and costs no more than its bounds', () => {
  const judge = { callsMax: 20, costNanoUsd: nanoUsd(1_000_000), turnsBetween: 4 }
  const judged = { ...planned, options: { ...options, judge } }
  const oneCall = 8 * (10_000 * 150 + 2_048 * 600)
  expect(estimatePlan(judged, among(candidate(big)), three())[1]).toMatchObject({
    of: 'judge',
    basis: 'bounds',
    worstNanoUsd: 1_000_000 + oneCall,
  })
  const before = three({ of: 'judge', role: null, inputTokens: 2_000 })
  expect(estimatePlan(judged, among(candidate(big)), before)[1]).toMatchObject({
    basis: 'model',
    expectedNanoUsd: 360_000,
  })
  expect(estimatePlan({ ...judged, plan: null }, among(rehearsal), []).at(-1)).toMatchObject({
    of: 'judge',
    worstNanoUsd: 0,
  })
})

test('a model whose context nobody knows has no worst but that of a limit', () => {
  const lines = estimatePlan(planned, among(candidate(big, null)), three())
  expect(totalOf(lines, null)).toEqual({
    expectedNanoUsd: 210_000,
    worstNanoUsd: null,
    worstBy: null,
  })
  expect(totalOf(lines, nanoUsd(200_000))).toEqual({
    expectedNanoUsd: 200_000,
    worstNanoUsd: 200_000,
    worstBy: 'limit',
  })
})

test('what is free costs nothing, at worst as well', () => {
  expect(line(planned, among(rehearsal), [])).toMatchObject({
    basis: 'bounds',
    expectedNanoUsd: 0,
    worstNanoUsd: 0,
  })
})

test('a model without a price is passed over; where there is no other, nothing is expected', () => {
  expect(line(planned, among(candidate('some/new-model'), candidate(big)), three())).toMatchObject({
    model: { model: big },
  })
  expect(line(planned, among(candidate('some/new-model')), three())).toMatchObject({
    model: null,
    basis: 'nothing',
    expectedNanoUsd: null,
  })
})

test('a task that is to be drafted is expected to cost what the drafting and the steps of others did', () => {
  const samples = three().flatMap((step) => [
    step,
    { ...step, role: 'reader' },
    { ...step, of: 'drafting' as const, role: null, outputTokens: 1_000 },
  ])
  expect(estimatePlan({ plan: null, options }, among(candidate(big)), samples)).toMatchObject([
    { of: 'drafting', basis: 'model', samples: 3, expectedNanoUsd: 750_000 },
    { of: 'steps', basis: 'model', samples: 3, expectedNanoUsd: 420_000, worstNanoUsd: null },
  ])
})

test('a step of an agent that the plan does not have is refused', () => {
  const plan = { ...oneStep, steps: [{ step: 'write', agent: 'nobody', retriesMax: 0 }] }
  expect(() => estimatePlan({ plan, options }, among(candidate(big)), [])).toThrow(
    expect.objectContaining({ code: 'PLAN_INVALID' }),
  )
})
