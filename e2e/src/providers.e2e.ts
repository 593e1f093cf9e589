import { readBrief } from '@maestro/contracts/llm/brief'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import { connectNats } from '@maestro/service-kit/connect-nats'
import type { EmulatedReply, EmulatedRequest } from '@maestro/testkit/providers/emulator-script'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { capableModel, usagePerAnswer } from './capable-model.ts'
import { questionOf } from '@maestro/testkit/providers/goal-of'
import { readPriceList } from './price-list.ts'
import { type ProviderStage, startProviderStage } from './start-provider-stage.ts'

let stage: ProviderStage

/** What is learned of a provider outlives a task: who makes one fail for long has a house of its own. */
const onOwnStage = () => {
  beforeAll(async () => {
    stage = await startProviderStage()
  })
  afterAll(() => stage.stop())
}

const purposeOf = (request: EmulatedRequest) => readBrief(questionOf(request)).purpose
const turnOf = ({ messages }: EmulatedRequest) =>
  messages.filter(({ role }) => role === 'assistant').length + 1

const overloaded = (): EmulatedReply => ({ fault: { kind: 'refusal', as: 'overloaded' } })
/** The end of the connection in the middle of an answer that is otherwise right: after a few pieces of a stream, or within a whole body. */
const cut = (request: EmulatedRequest): EmulatedReply => ({
  ...capableModel(request),
  fault: { kind: 'truncation', afterBytes: request.stream ? 900 : 300 },
})

const endsOfCalls = (events: readonly TaskEvent[]) =>
  events.flatMap((event) =>
    event.type === 'CallFinished' || event.type === 'CallFailed' ? [event.data] : [],
  )

/** The attempts of each call in a few words, in order. */
const attemptsOf = (events: readonly TaskEvent[]): string[][] =>
  endsOfCalls(events).map(({ facts }) =>
    facts.attempts.map(({ provider, outcome, failureClass }) =>
      failureClass === null ? `${provider} ${outcome}` : `${provider} ${outcome}: ${failureClass}`,
    ),
  )

/** The sum over all attempts in the events is what the state says and what budget has booked; answers cost usage × price. */
const expectBooked = async (taskId: string) => {
  const costOf = await readPriceList(stage.client, new Date())
  const calls = endsOfCalls(await stage.events(taskId))
  const attempts = calls.flatMap(({ facts }) => facts.attempts)
  for (const { outcome, provider, model, costNanoUsd } of attempts) {
    if (outcome !== 'answered') continue
    const isLocal = provider === 'ollama'
    const usage = { ...usagePerAnswer, ...(isLocal ? { cachedInputTokens: 0 } : {}) }
    expect(costNanoUsd, `${provider} ${model}`).toBe(costOf(provider, model, usage))
  }
  const totalNanoUsd = attempts.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0)
  expect(calls.reduce((sum, { facts }) => sum + facts.costNanoUsd, 0)).toBe(totalNanoUsd)
  await expect
    .poll(() => stage.budgetOf(taskId))
    .toMatchObject({ settledNanoUsd: totalNanoUsd, reservedNanoUsd: 0 })
  expect((await stage.client.task(taskId)).state['totals']).toMatchObject({
    costNanoUsd: totalNanoUsd,
  })
  return totalNanoUsd
}

const succeeded = async (taskId: string) => {
  const { state } = await stage.client.ended(taskId)
  expect([state.status, state['failure']]).toEqual(['succeeded', null])
  expect(await stage.client.result(taskId)).toContain(
    'Month 3 was the wettest, with 95 mm of rain.',
  )
  return stage.events(taskId)
}

describe('providers that answer', () => {
  onOwnStage()

  test('the first provider drafts and runs a task by itself: plan, verdicts, a tool, streamed text', async () => {
    const goal = 'All is well'
    const taskId = await stage.startTask(goal)
    const events = await succeeded(taskId)

    expect(attemptsOf(events)).toEqual(Array.from({ length: 6 }, () => ['groq answered']))
    expect(stage.asked('gemini', goal)).toEqual([])
    expect(stage.asked('ollama', goal)).toEqual([])
    const asked = stage.asked('groq', goal).map(({ request }) => request)
    expect(asked.map(purposeOf).toSorted()).toEqual(
      ['judge-agents', 'judge-plan', 'plan', 'step', 'step', 'step'].toSorted(),
    )
    expect(
      asked.filter((request) => purposeOf(request) === 'step').every(({ stream }) => stream),
    ).toBe(true)
    expect(
      events.flatMap((event) => (event.type === 'ToolAnswered' ? [event.data.ok] : [])),
    ).toEqual([true])
    expect(await expectBooked(taskId)).toBeGreaterThan(0)
  })

  test('a plan that is no JSON is asked for once more, with what was wrong', async () => {
    const goal = 'The first plan is broken'
    const broken: EmulatedReply = { text: '{"plan": {"agents": [', usage: usagePerAnswer }
    const taskId = await stage.startTask(goal, {
      groq: (request) =>
        purposeOf(request) === 'plan' && turnOf(request) === 1 ? broken : undefined,
    })
    const events = await succeeded(taskId)
    const refused = events.flatMap((event) => (event.type === 'AnswerRefused' ? [event.data] : []))
    expect(refused).toMatchObject([{ purpose: 'plan', problem: expect.stringContaining('JSON') }])
    const plans = stage.asked('groq', goal).filter(({ request }) => purposeOf(request) === 'plan')
    expect(plans.length).toBe(2)
    expect(plans[1]?.request.messages.slice(-2)).toMatchObject([
      { role: 'assistant', text: broken.text },
      { role: 'user', text: expect.stringContaining('not valid JSON') },
    ])
    await expectBooked(taskId)
  })

  test('a plan that is broken twice fails the task with the reason', async () => {
    const goal = 'Every plan is broken'
    const taskId = await stage.startTask(goal, {
      groq: (request) =>
        purposeOf(request) === 'plan' ? { text: '{"plan": 1}', usage: usagePerAnswer } : undefined,
    })
    const { state } = await stage.client.ended(taskId)
    expect(state.status).toBe('failed')
    expect(state['failure']).toMatch(
      /Planner's answer could not be used, also after one repair: .*plan/,
    )
    expect(stage.asked('groq', goal).length).toBe(2)
    // Another provider is asked when one does not answer, not when its model answers badly.
    expect(stage.asked('gemini', goal)).toEqual([])
    await expectBooked(taskId)
  })

  const pausedForMoney = (taskId: string) =>
    expect
      .poll(async () => (await stage.client.task(taskId)).state, { timeout: 90_000 })
      .toMatchObject({ status: 'paused', pause: { reason: 'budget' } })

  test('a limit that covers no call pauses the task before anything is sent', async () => {
    const goal = 'No money at all'
    const taskId = await stage.startTask(goal, {}, { costUsd: '0.000001' })
    await pausedForMoney(taskId)
    expect(stage.asked('groq', goal)).toEqual([])
    expect(await expectBooked(taskId)).toBe(0)
    const paused = (await stage.events(taskId)).filter(({ type }) => type === 'TaskPaused')
    expect(paused).toMatchObject([
      { data: { reason: 'budget', note: expect.stringContaining('$') } },
    ])
  })

  test('a limit that is used up on the way pauses the task, and not a cent is spent beyond it', async () => {
    const goal = 'Money for the plan only'
    const limitUsd = '0.015'
    const taskId = await stage.startTask(
      goal,
      {
        // As long an answer as was allowed: most of the limit is gone after it.
        groq: (request) => ({
          ...capableModel(request),
          usage: { ...usagePerAnswer, outputTokens: request.outputTokensMax ?? 0 },
        }),
      },
      { costUsd: limitUsd },
    )
    await pausedForMoney(taskId)
    const { settledNanoUsd, limitNanoUsd } = await stage.budgetOf(taskId)
    expect(settledNanoUsd).toBeGreaterThan(limitNanoUsd / 2)
    expect(settledNanoUsd).toBeLessThanOrEqual(limitNanoUsd)
    const events = await stage.events(taskId)
    expect(events.some(({ type }) => type === 'PlanProposed')).toBe(true)
    expect(events.some(({ type }) => type === 'TaskFailed')).toBe(false)
  })

  test('cancelling cuts the stream at the provider, and what it cost so far is booked', async () => {
    const goal = 'Stopped in the middle'
    const taskId = await stage.startTask(goal, {
      groq: (request) =>
        purposeOf(request) === 'step' && turnOf(request) === 2
          ? {
              text: Array.from({ length: 600 }, (_, index) => `Word ${index}. `),
              pieceDelayMs: 100,
            }
          : undefined,
    })
    const nats = await connectNats(stage.system.natsEnv('outside'), 'watch')
    const deltas = nats.subscribe(`maestro.live.${taskId}.>`)
    for await (const message of deltas) {
      if (message.string().includes('Word 3')) break
    }
    await nats.close()

    const cancelledAt = performance.now()
    const cancel = { method: 'POST', body: JSON.stringify({ reason: 'Enough.' }) }
    await stage.client.ask(`/api/tasks/${taskId}/cancel`, cancel)
    const talking = stage.asked('groq', goal).at(-1)
    expect(await talking?.ended).toMatchObject({ aborted: true })
    const { at = 0 } = (await talking?.ended) ?? {}
    // The answer would go on for a minute.
    expect(at - cancelledAt).toBeLessThan(10_000)
    expect((await stage.client.task(taskId)).state.status).toBe('cancelled')

    // The call's end comes after the task's: the money is spent all the same.
    const failed = async () =>
      (await stage.events(taskId)).flatMap((event) =>
        event.type === 'CallFailed' ? [event.data] : [],
      )
    await expect.poll(failed).toMatchObject([{ failureClass: 'cancelled' }])
    expect((await failed())[0]?.facts.costNanoUsd).toBeGreaterThan(0)
    await expectBooked(taskId)
  })

  // Last of all: from here on nobody asks Groq any more.
  test('a provider that asks to wait long is passed over, also by the calls after it', async () => {
    const limited: EmulatedReply = {
      fault: { kind: 'refusal', as: 'rate_limited', retryAfterMs: 120_000 },
    }
    const goal = 'Groq limits our rate'
    const taskId = await stage.startTask(goal, { groq: () => limited })
    const events = await succeeded(taskId)
    const [first, ...others] = attemptsOf(events)
    expect(first).toEqual(['groq failed: rate_limited', 'gemini answered'])
    expect(others).toEqual(Array.from({ length: 5 }, () => ['gemini answered']))
    // Why it was not asked stands with each of them.
    for (const { facts } of endsOfCalls(events).slice(1)) {
      expect(facts.decision?.considered.find(({ provider }) => provider === 'groq')).toMatchObject({
        state: 'cooling',
        reason: expect.stringContaining('limits our rate'),
      })
    }
    expect(stage.asked('groq', goal).length).toBe(1)
    const [call] = endsOfCalls(events)
    expect(call?.facts.attempts[0]?.reason).toContain('Rate limit reached')
    await expectBooked(taskId)
  })
})

/** Failures of one class at one provider, over all calls. */
const failuresOf = (attempts: readonly string[][], what: string) =>
  attempts.flat().filter((attempt) => attempt === what).length
/** The breaker opens at the fifth failure; one more may be on its way then. */
const expectBrokenOff = (failures: number) => {
  expect(failures).toBeGreaterThanOrEqual(5)
  expect(failures).toBeLessThanOrEqual(6)
}

describe('a provider that is overloaded', () => {
  onOwnStage()

  test('is tried twice a call, then the next one answers, until nobody asks it any more', async () => {
    const goal = 'Groq is overloaded'
    const taskId = await stage.startTask(goal, { groq: overloaded })
    const attempts = attemptsOf(await succeeded(taskId))
    expect(attempts[0]).toEqual([
      'groq failed: overloaded',
      'groq failed: overloaded',
      'gemini answered',
    ])
    expect(attempts.map((ofCall) => ofCall.at(-1))).toEqual(
      Array.from({ length: 6 }, () => 'gemini answered'),
    )
    expectBrokenOff(failuresOf(attempts, 'groq failed: overloaded'))
    expect(stage.asked('ollama', goal)).toEqual([])
    await expectBooked(taskId)
  })
})

describe('an answer that is cut off', () => {
  onOwnStage()

  test('goes on at the next provider, and at the one after it', async () => {
    const goal = 'Groq is cut off and Gemini overloaded'
    const taskId = await stage.startTask(goal, { groq: cut, gemini: overloaded })
    const events = await succeeded(taskId)
    const attempts = attemptsOf(events)
    const cutOff = ['groq failed: incomplete_stream', 'groq failed: incomplete_stream']
    expect(attempts[0]).toEqual([
      ...cutOff,
      'gemini failed: overloaded',
      'gemini failed: overloaded',
      'ollama answered',
    ])
    // A connection that ends badly says nothing about the next call: Groq is asked each time.
    expect(attempts.map((ofCall) => ofCall.slice(0, 2))).toEqual(
      Array.from({ length: 6 }, () => cutOff),
    )
    expect(attempts.map((ofCall) => ofCall.at(-1))).toEqual(
      Array.from({ length: 6 }, () => 'ollama answered'),
    )
    expectBrokenOff(failuresOf(attempts, 'gemini failed: overloaded'))
    // What was cut off was paid for, though nobody knows how much: it counts at its estimate.
    for (const { facts } of endsOfCalls(events)) {
      for (const { failureClass, costNanoUsd, reason } of facts.attempts) {
        expect(costNanoUsd > 0).toBe(failureClass === 'incomplete_stream')
        expect(reason !== '').toBe(failureClass !== null)
      }
    }
    await expectBooked(taskId)
  })
})
