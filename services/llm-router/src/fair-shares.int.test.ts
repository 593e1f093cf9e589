import { CallReply, type CallWork } from '@maestro/contracts/llm/call-work'
import { createInbox } from '@maestro/service-kit/nats'
import { newTaskId } from '@maestro/service-kit/new-id'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { startServiceProcess } from '@maestro/testkit/services/start-service-process'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { CallId } from '@maestro/contracts/ids'
import { answered, scriptedAdapter } from './testing/scripted-adapter.ts'
import { startTestSystem, type TestSystem } from './testing/start-test-system.ts'

let system: TestSystem
beforeAll(async () => {
  system = await startTestSystem()
})
afterAll(() => system.stop())

const model = 'openai/gpt-oss-120b'

/** What the orchestrator does for one task: its calls, `window` of them in flight at most. */
const produce = async (calls: number, window: number) => {
  const taskId = newTaskId()
  const replyTo = createInbox('_INBOX_orchestrator')
  const replies = new Map<string, CallReply>()
  // The last of them waits for all the others.
  const deadlineAt = new Date(Date.now() + 600_000).toISOString()
  const works = Array.from({ length: calls }, (_, index): CallWork => {
    const callId = CallId.parse(`call_${taskId.slice('task_'.length)}_step_${index + 1}_1`)
    return system.newWork({ taskId, callId, replyTo, deadlineAt })
  })
  let next = 0
  const publishNext = async () => {
    const work = works[next]
    next += 1
    if (work !== undefined) await system.publish(work)
  }
  const subscription = system.nats.subscribe(replyTo)
  onTestFinished(() => subscription.unsubscribe())
  const listen = async () => {
    for await (const message of subscription) {
      const reply = CallReply.parse(message.json())
      const isFirst = !replies.has(reply.callId)
      replies.set(reply.callId, reply)
      if (isFirst) await publishNext()
    }
  }
  void listen()
  await Promise.all(Array.from({ length: window }, publishNext))
  return {
    works,
    replies,
    all: () =>
      expect.poll(() => replies.size, { timeout: 250_000, interval: 5 }).toBe(works.length),
  }
}

test(
  'a task with a thousand calls does not starve another: five calls overtake nearly all of them',
  { timeout: 300_000 },
  async () => {
    // Fewer places than one task's window: the worst case, in which calls do wait in the queue.
    const [places, window] = [8, 32]
    const groq = scriptedAdapter('groq', model, async () => {
      await new Promise((resolve) => setTimeout(resolve, 20))
      return answered('done', { model })
    })
    await system.startWorker([groq], { callsInFlightMax: places })
    const large = await produce(1_000, window)
    await expect.poll(() => large.replies.size, { interval: 5 }).toBeGreaterThan(50)
    const before = large.replies.size
    const small = await produce(5, window)
    await small.all()
    // A fair half of the worker answers as many of the large task meanwhile; twice a window is what stood in the queue and what took its place.
    expect(large.replies.size - before).toBeLessThan(2 * window + 2 * places)
    await large.all()
    expect(groq.asked).toHaveLength(1_005)
  },
)

test(
  'workers come and go while calls run, by SIGTERM and by kill -9: none is lost, none answered twice',
  { timeout: 400_000 },
  async () => {
    const groq = await startProviderEmulator({
      provider: 'groq',
      script: { answer: () => ({ text: ['one ', 'two ', 'three'], pieceDelayMs: 60 }) },
    })
    onTestFinished(() => groq.close())
    const startWorker = async (copy: string) => {
      const worker = await startServiceProcess('llm-router', {
        ...system.routerEnv(copy),
        GROQ_API_KEY: 'gsk_test',
        GROQ_BASE_URL: groq.url,
        OLLAMA_BASE_URL: 'off',
        CALLS_IN_FLIGHT_MAX: '8',
      })
      onTestFinished(() => worker.stop())
      return worker
    }
    const [killed, stopped] = await Promise.all([startWorker('killed'), startWorker('stopped')])
    const task = await produce(240, 32)
    const answeredAtLeast = (calls: number) =>
      expect
        .poll(() => task.replies.size, { timeout: 120_000, interval: 5 })
        .toBeGreaterThanOrEqual(calls)
    await answeredAtLeast(20)
    await killed.kill9()
    await startWorker('added')
    await answeredAtLeast(100)
    await stopped.stop()
    await startWorker('stopped')
    await task.all()

    const replies = [...task.replies.values()]
    expect(new Set(replies.map(({ outcome }) => outcome))).toEqual(new Set(['answered']))
    const sent = replies.flatMap(({ facts }) =>
      facts.attempts.filter(({ outcome }) => outcome !== 'skipped'),
    )
    const lost = sent.filter(({ outcome }) => outcome === 'lost')
    expect(sent.length - lost.length).toBe(240)
    // Only what a worker had in flight when it went can be lost.
    expect(lost.length).toBeLessThanOrEqual(16)
    // The provider was asked once per attempt that is on record, and no answered call again.
    expect(groq.requests.length).toBeLessThanOrEqual(sent.length)
    expect(groq.requests.length).toBeGreaterThanOrEqual(240)
    const [journal] = await system.sql`
      select count(*) filter (where state = 'answered')::int as answered, count(*)::int as calls
      from calls where task_id = ${task.works[0]?.taskId ?? ''}`
    expect(journal).toEqual({ answered: 240, calls: 240 })
  },
)
