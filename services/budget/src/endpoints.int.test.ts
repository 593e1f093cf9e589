import { BudgetLevel, globalBudgetId } from '@maestro/contracts/budget/budget'
import {
  getPrices,
  releaseBudget,
  reserveBudget,
  settleAttempts,
  settleBudget,
} from '@maestro/contracts/budget/budget-endpoints'
import { getBudget, getBudgets, putBudget } from '@maestro/contracts/budget/limit-endpoints'
import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { AppError } from '@maestro/contracts/errors'
import { AgentId, CallId, StepId, TaskId, UserId } from '@maestro/contracts/ids'
import type { Call } from '@maestro/service-kit/call'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { consumeEvents } from '@maestro/service-kit/consume-events'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import { startFactRelay } from '@maestro/service-kit/fact-relay'
import { createLogger } from '@maestro/service-kit/logger'
import { serve } from '@maestro/service-kit/serve'
import { type PrivateNats, startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { createPatientCaller } from '@maestro/service-kit/testing/create-patient-caller'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { budgetEndpoints } from './endpoints.ts'
import { openTestBudget, type TestBudget } from './open-test-budget.ts'

const log = createLogger({ service: 'budget', copy: 'test', level: 'silent' })
const waitMsMax = 20_000

let nats: PrivateNats
let budget: TestBudget
let call: Call
const events: CloudEvent[] = []
const stops: (() => Promise<void>)[] = []

const startCopy = async (name: string) => {
  const connection = await connectNats(nats.env('budget'), name)
  await ensureStreams(connection)
  const relay = await startFactRelay({ sql: budget.sql, nats: connection, log, service: 'budget' })
  const bookkeeper = budget.openCopy(relay.wake)
  const served = await serve(
    { nats: connection, log, service: 'budget', version: '0.1.0' },
    budgetEndpoints({ ...budget, bookkeeper, log }),
  )
  stops.push(async () => {
    await served.stop()
    await relay.stop()
    await connection.drain()
  })
}

beforeAll(async () => {
  nats = await startPrivateNats()
  budget = await openTestBudget({ globalUsd: '0.01' })
  await startCopy('budget-1')
  await startCopy('budget-2')
  const admin = await connectNats(nats.env('admin'), 'test')
  call = createPatientCaller({ nats: admin, service: 'llm-router' })
  const consumer = await consumeEvents({
    nats: admin,
    log,
    durable: 'test-budget',
    filterSubject: 'maestro.event.budget.*',
    handle: (batch) => {
      events.push(...batch)
      return Promise.resolve()
    },
  })
  stops.push(async () => {
    await consumer.stop()
    await admin.drain()
  })
})
afterAll(async () => {
  for (const stop of stops) await stop()
  await budget.close()
  await nats.stop()
})

const taskId = TaskId.parse('task_1')
const model = 'openai/gpt-oss-120b'
const sentAt = '2026-11-22T12:00:00.000Z'

const request = (number: number, outputTokensMax: number, asked = model) => {
  const callId = CallId.parse(`call_1_write_1_${number}`)
  return {
    attemptId: `${callId}.1`,
    callId,
    taskId,
    userId: UserId.parse('anna@example.org'),
    agentId: AgentId.parse('agt_1_writer'),
    stepId: StepId.parse('step_write'),
    purpose: 'step' as const,
    taskLimitNanoUsd: null,
    provider: 'groq' as const,
    model: asked,
    inputBytes: 0,
    outputTokensMax,
    leaseMs: 60_000,
  }
}
const usage = (outputTokens: number) => ({
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens,
  reasoningTokens: 0,
})

test('by the bus: two copies admit together exactly what fits, and a freed reservation makes room', async () => {
  // 2,048 tokens of overhead and 1,000 of output are 907,200 nano-dollars: eleven of them fit a cent.
  const outcomes = await Promise.allSettled(
    Array.from({ length: 60 }, (_, number) => call(reserveBudget, request(number, 1_000))),
  )
  const admitted = outcomes.flatMap((outcome, number) =>
    outcome.status === 'fulfilled' ? [number] : [],
  )
  expect(admitted).toHaveLength(11)
  const refusals = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  )
  for (const refusal of refusals) {
    expect(refusal).toBeInstanceOf(AppError)
    expect(refusal).toMatchObject({
      code: 'BUDGET_IN_FLIGHT',
      retry: true,
      details: {
        scope: 'global',
        limitUsd: '0.01',
        neededUsd: '0.0009072',
        refusal: {
          code: 'BUDGET_IN_FLIGHT',
          budget: { scope: 'global', unit: 'nano-usd', limit: 10_000_000, needed: 907_200 },
          until: null,
        },
      },
    })
  }
  await Promise.all(
    admitted.map((number) => call(releaseBudget, { attemptId: request(number, 1).attemptId })),
  )
  const { items } = await call(getBudgets, { taskId })
  expect(items.map(({ settled, reserved }) => [settled, reserved])).toEqual([[0, 0]])
})

test('a model without a price is refused, and hostile input does not get past the schema', async () => {
  await expect(call(reserveBudget, request(100, 1_000, 'some/new-model'))).rejects.toMatchObject({
    code: 'PRICE_UNKNOWN',
    details: { refusal: { code: 'PRICE_UNKNOWN', budget: null, until: null } },
  })
  await expect(
    call(
      { ...reserveBudget, input: reserveBudget.input.extend({}).partial() },
      { callId: request(1, 1).callId },
    ),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
})

test('each share of the limit is told once, in order, however often and on whichever copy it is passed', async () => {
  // 600 nano-dollars a token: 9,000 tokens are 54 % of a cent, 16,666 are just below all of it.
  await call(reserveBudget, request(200, 9_000))
  await call(settleBudget, {
    attemptId: request(200, 1).attemptId,
    model,
    usage: usage(9_000),
    sentAt,
  })
  await call(reserveBudget, request(201, 1_000))
  await call(settleBudget, {
    attemptId: request(201, 1).attemptId,
    model,
    usage: usage(1_000),
    sentAt,
  })
  await call(reserveBudget, request(202, 1_000))
  await call(settleBudget, {
    attemptId: request(202, 1).attemptId,
    model,
    usage: usage(7_000),
    sentAt,
  })
  for (const number of [203, 204]) {
    await expect(call(reserveBudget, request(number, 1_000))).rejects.toMatchObject({
      code: 'BUDGET_EXHAUSTED',
      details: { until: '2026-12-01T00:00:00.000Z' },
    })
  }
  await vi.waitFor(() => expect(events.length).toBeGreaterThanOrEqual(5), waitMsMax)
  expect(events.map(({ seq, type, data }) => [seq, type, data['percent']])).toEqual([
    [1, 'maestro.BudgetAlertRaised', 50],
    [2, 'maestro.BudgetAlertRaised', 75],
    [3, 'maestro.BudgetAlertRaised', 90],
    [4, 'maestro.BudgetAlertRaised', 100],
    [5, 'maestro.LimitReached', undefined],
  ])
  expect(events[0]).toMatchObject({ id: 'budget.global:1', source: '/maestro/budget' })
  expect(BudgetLevel.parse(events[4]?.data['level']).settled).toBe(10_200_000)
})

test('the owner can raise the limit, and work goes on', async () => {
  const { level: before } = await call(getBudget, { budgetId: globalBudgetId })
  const { level } = await call(putBudget, { ...before, limit: 1_000_000_000 })
  expect(level).toMatchObject({ limit: 1_000_000_000, settled: 10_200_000, period: 'monthly' })
  await vi.waitFor(() => expect(events).toHaveLength(6), waitMsMax)
  expect(events[5]).toMatchObject({
    type: 'maestro.BudgetChanged',
    subject: 'budget.global',
    data: { change: 'raised', level: { budgetId: 'global', limit: 1_000_000_000 } },
  })
  await call(reserveBudget, request(300, 1_000))
})

test('the price table is told with its dates', async () => {
  const { items } = await call(getPrices, {})
  const argon = items.filter(({ rate }) => rate.model === 'gemini-4-argon')
  expect(argon.map(({ rate, validUntil }) => [rate.inputMicroUsdPerMTok, validUntil])).toEqual([
    [4_000_000, null],
    [2_000_000, '2026-12-01T00:00:00.000Z'],
  ])
})

test('many attempts settled in one request have an outcome each, also one that nobody knows', async () => {
  const [held, freed, unknown] = [400, 401, 402].map((number) => request(number, 1).attemptId)
  if (held === undefined || freed === undefined || unknown === undefined) throw new Error('three')
  await call(reserveBudget, request(400, 1_000))
  await call(reserveBudget, request(401, 1_000))
  const items = [
    { kind: 'settle' as const, attemptId: held, model, usage: usage(500), sentAt },
    { kind: 'release' as const, attemptId: freed },
    { kind: 'settle' as const, attemptId: unknown, model, usage: null, sentAt },
  ]
  const outcomes = [
    { state: 'settled', costNanoUsd: 300_000, overrunNanoUsd: 0 },
    { state: 'settled', costNanoUsd: 0, overrunNanoUsd: 0 },
    { state: 'unknown' },
  ]
  expect((await call(settleAttempts, { items })).items).toEqual(outcomes)
  // Idempotent, as each is alone.
  expect((await call(settleAttempts, { items })).items).toEqual(outcomes)
})
