import { writeBrief } from '@maestro/contracts/llm/brief'
import { llmWorkConsumer, streams } from '@maestro/contracts/bus/streams'
import { llmWorkSubject } from '@maestro/contracts/bus/subjects'
import type { CallWork } from '@maestro/contracts/llm/call-work'
import { AckPolicy, DeliverPolicy, nanos } from '@maestro/service-kit/nats'
import { startServiceProcess } from '@maestro/testkit/services/start-service-process'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { answered, scriptedAdapter } from './testing/scripted-adapter.ts'
import { eventually, startTestSystem, type TestSystem } from './testing/start-test-system.ts'
import { ackWaitMs } from './work/pull-work.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startTestSystem()
})
afterAll(() => system.stop())

const model = 'openai/gpt-oss-120b'
const replies = (text: string) =>
  scriptedAdapter('groq', model, async () => answered(text, { model }))
/** Answers only when it is told to. */
const slowGroq = () => {
  const started = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const adapter = scriptedAdapter('groq', model, async (_request, { signal }) => {
    started.resolve()
    const aborted = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(new Error('aborted'))),
    )
    await Promise.race([gate.promise, aborted])
    return answered('at last', { model })
  })
  return { adapter, started: started.promise, answer: gate.resolve }
}
const answersOf = async ({ callId }: CallWork) => {
  const [row] = await system.sql<{ state: string; fence: number; ref: { sha256: string } }[]>`
    select state, fence, answer_ref as ref from calls where call_id = ${callId}`
  return row
}
/** The settlements of what was sent; reservations that were freed do not count. */
const allSettled = (work: CallWork, attempts: number) =>
  eventually('all settlements', async () => {
    const all = await system.settlementsOf(work.callId)
    const rows = all.filter(({ kind }) => kind === 'settle')
    const isDone = rows.length === attempts && rows.every(({ state }) => state === 'settled')
    return isDone ? rows : undefined
  })
/** What budget still holds back for calls in flight. */
const reservedNanoUsd = async () => {
  const [row] = await system.budgetSql<{ sum: number }[]>`
    select coalesce(sum(reserved), 0)::bigint as sum from levels`
  return row?.sum
}

test('a second asker of a running call waits for it, at another worker', async () => {
  const first = slowGroq()
  const other = replies('never')
  const busy = await system.startWorker([first.adapter], { callsInFlightMax: 1 })
  const work = system.newWork()
  const asked = system.ask(work)
  await first.started
  // The first worker is full: the second ask can only go to the second worker.
  await system.startWorker([other])
  const again = system.ask({ ...work, ask: 2 })
  await eventually('the second worker to hold it', async () => {
    const manager = await system.nats.jetstreamManager()
    const { num_ack_pending } = await manager.consumers.info('LLM_WORK', 'llm-router-normal')
    return num_ack_pending === 2 ? true : undefined
  })
  first.answer()
  const [one, two] = await Promise.all([asked, again])
  expect(one).toMatchObject({ outcome: 'answered', answer: { text: 'at last' } })
  expect(two).toEqual(one)
  expect(other.asked).toHaveLength(0)
  await busy.stop()
})

test('a queue that another version made is worked off, with the ack wait of this one', async () => {
  const { consumers } = await system.nats.jetstreamManager()
  const durable = llmWorkConsumer('normal')
  await consumers.delete(streams.llmWork.name, durable).catch(() => undefined)
  await consumers.add(streams.llmWork.name, {
    durable_name: durable,
    filter_subject: llmWorkSubject('normal'),
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    ack_wait: nanos(600_000),
    max_ack_pending: 5,
  })
  await system.startWorker([replies('hello')])
  expect(await system.ask(system.newWork())).toMatchObject({ outcome: 'answered' })
  const { config } = await consumers.info(streams.llmWork.name, durable)
  expect(config.ack_wait).toBe(nanos(ackWaitMs))
})

test('what an answer cost reaches a budget that was away', async () => {
  const slow = slowGroq()
  await system.startWorker([slow.adapter])
  const work = system.newWork()
  const asked = system.ask(work)
  await slow.started
  await system.killBudget()
  slow.answer()
  expect(await asked).toMatchObject({ outcome: 'answered' })
  expect(await system.settlementsOf(work.callId)).toMatchObject([
    { kind: 'settle', state: 'pending' },
  ])
  await system.startBudget()
  expect(await allSettled(work, 1)).toMatchObject([{ cost: 4_500 }])
  expect(await reservedNanoUsd()).toBe(0)
})

test('a bus that dies in the middle of a call: the answer is there when it is asked for again', async () => {
  const slow = slowGroq()
  await system.startWorker([slow.adapter])
  const work = system.newWork()
  await system.publish(work)
  await slow.started
  await system.bus.kill9()
  slow.answer()
  await eventually('the answer in the journal', async () => {
    const row = await answersOf(work)
    return row?.state === 'answered' ? row : undefined
  })
  await system.bus.restart()
  await eventually('the queue', async () => {
    const manager = await system.nats.jetstreamManager({ timeout: 1_000, checkAPI: false })
    return manager.streams.info('LLM_WORK').catch(() => undefined)
  })
  expect(await system.ask({ ...work, ask: 2 })).toMatchObject({
    outcome: 'answered',
    answer: { text: 'at last' },
  })
  expect(slow.adapter.asked).toHaveLength(1)
  // New work is pulled again, too.
  expect(await system.ask(system.newWork())).toMatchObject({ outcome: 'answered' })
})

test('a worker that stops leaves its call to another one, and says so', async () => {
  const slow = slowGroq()
  const leaving = await system.startWorker([slow.adapter])
  const work = system.newWork()
  const asked = system.ask(work)
  await slow.started
  const next = replies('from the next one')
  const stopped = leaving.stop()
  await system.startWorker([next])
  await stopped
  const reply = await asked
  expect(reply).toMatchObject({ outcome: 'answered', answer: { text: 'from the next one' } })
  expect(reply.facts.attempts).toMatchObject([{ outcome: 'lost' }, { outcome: 'answered' }])
  await allSettled(work, 2)
  expect(await reservedNanoUsd()).toBe(0)
})

test(
  'a worker that is killed in the middle of a call: the attempt is lost and counted, the call answered once',
  { timeout: 120_000 },
  async () => {
    const startWorker = async (copy: string, chunkDelayMs: number) => {
      const worker = await startServiceProcess('llm-router', {
        ...system.routerEnv(copy),
        OLLAMA_BASE_URL: 'off',
        REHEARSAL_CHUNK_DELAY_MS: String(chunkDelayMs),
      })
      onTestFinished(() => worker.stop())
      return worker
    }
    const brief = writeBrief({
      purpose: 'plan',
      round: 1,
      inputs: [{ name: 'weather.csv', mediaType: 'text/csv', bytes: 100 }],
      tools: [],
      findings: [],
    })
    const victim = await startWorker('router-1', 3_000)
    const work = system.newWork({
      purpose: 'plan',
      messages: [
        { role: 'user', content: [{ text: brief }, { text: '<goal>Look at it.</goal>' }] },
      ],
    })
    const asked = system.ask(work)
    await eventually('an attempt in flight', async () => {
      const [row] = await system.budgetSql<{ attemptId: string }[]>`
      select attempt_id as "attemptId" from reservations where call_id = ${work.callId}`
      return row
    })
    await victim.kill9()
    // The same copy starts again: it knows that its earlier life is over.
    await startWorker('router-1', 0)
    const [lease] = await system.sql<{ isOver: boolean }[]>`
    select lease_until <= now() as "isOver" from calls where call_id = ${work.callId} and fence = 1`
    expect(lease?.isOver ?? true).toBe(true)

    const reply = await asked
    expect(reply.outcome).toBe('answered')
    expect(reply.facts.attempts).toMatchObject([
      { attempt: 1, provider: 'rehearsal', outcome: 'lost' },
      { attempt: 2, provider: 'rehearsal', outcome: 'answered' },
    ])
    expect(await answersOf(work)).toMatchObject({ state: 'answered', fence: 2 })
    const settled = await allSettled(work, 2)
    expect(settled.map(({ kind }) => kind)).toEqual(['settle', 'settle'])
  },
)

test('a worker that is killed before it has reserved: nothing was sent, and nothing is lost', async () => {
  const { adapter, answer } = slowGroq()
  answer()
  const work = system.newWork()
  await system.sql`
    insert into calls (call_id, task_id, purpose, state, ask, reply_to, copy, incarnation, fence, in_flight, lease_until)
    values (${work.callId}, ${work.taskId}, ${work.purpose}, 'running', 1, 'nowhere', 'killed', 'killed', 1,
      ${JSON.stringify({ attempt: 1 })}::text::jsonb, now())`
  await system.startWorker([adapter])
  const reply = await system.ask(work)
  expect(reply.facts.attempts).toMatchObject([{ attempt: 2, outcome: 'answered' }])
  expect(await allSettled(work, 1)).toMatchObject([{ cost: 4_500 }])
  expect(await reservedNanoUsd()).toBe(0)
})
