import { ApprovalSummary } from '@maestro/contracts/task/task-endpoints'
import type { ApprovalKind } from '@maestro/contracts/task/approval'
import { type Brief, readBrief } from '@maestro/contracts/llm/brief'
import { fromCloudEvent } from '@maestro/contracts/task/task-cloud-event'
import type { TaskEvent, TaskEventData } from '@maestro/contracts/task/task-events'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { newToken } from '@maestro/service-kit/new-id'
import type { EmulatedReply, EmulatedRequest } from '@maestro/testkit/providers/emulator-script'
import { goalOf, questionOf } from '@maestro/testkit/providers/goal-of'
import { startProviderEmulator } from '@maestro/testkit/providers/start-provider-emulator'
import { expect, vi } from 'vitest'
import { z } from 'zod'
import { startBackedGateway } from '../start-backed-gateway.ts'

type Reply = EmulatedReply | undefined
/** What the provider says in one task; where it is silent, its steps are done in a word and its drafts approved. */
export type Model = (brief: Brief, request: EmulatedRequest) => Reply | Promise<Reply>

type Steps = Readonly<Record<string, Record<string, unknown>>>

/** A plan of these steps by one worker, in their order; the last one delivers. */
export const planOf = (steps: Steps, more: Record<string, unknown> = {}) => ({
  agents: [
    { name: 'worker', prompt: 'Work.', description: 'Works.', tools: ['read_input'] },
    { name: 'other', prompt: 'Work otherwise.', description: 'Works as well.', tools: [] },
  ],
  steps: Object.entries(steps).map(([name, wish]) => stepOf(name, wish)),
  result: Object.keys(steps).at(-1),
  ...more,
})

export const stepOf = (name: string, wish: Record<string, unknown> = {}) => ({
  name,
  title: name,
  agent: 'worker',
  instruction: `Do ${name}.`,
  promise: { description: 'A word.', format: 'text' },
  retriesMax: 0,
  ...wish,
})

/** Something that others wait for until a test lets them go on. */
export const createLatch = () => Promise.withResolvers<undefined>()

const draft = {
  plan: {
    agents: [{ name: 'worker', prompt: 'Work.', description: 'Works.', tools: [] }],
    steps: [
      {
        name: 'write',
        title: 'write',
        agent: 'worker',
        instruction: 'Write it.',
        promise: { description: 'A text.' },
      },
    ],
    result: 'write',
  },
  rationale: 'One step will do.',
}

const usual = (brief: Brief): EmulatedReply => {
  switch (brief.purpose) {
    case 'plan':
      return { text: JSON.stringify(draft) }
    case 'judge-agents':
    case 'judge-plan':
      return { text: JSON.stringify({ verdict: 'approve', score: 0.9, summary: 'Good.' }) }
    default:
      return { text: 'Done.' }
  }
}

const Created = z.object({ taskId: z.string() })
const Folded = z.object({ seq: z.int(), state: z.looseObject({ status: z.string() }) })
const Approvals = z.object({ items: z.array(ApprovalSummary) })
const Page = z.object({ events: z.array(z.unknown()), head: z.int() })

/**
 * Waits until it holds, longer than anything takes on a machine that does ten other things. Not `expect.poll`:
 * that belongs to one test at a time.
 */
export const eventually = <Value>(hold: () => Value | Promise<Value>): Promise<Value> =>
  vi.waitFor(hold, { timeout: 90_000, interval: 100 })

/** A gateway with the real services behind it, and a provider that says what each task's test wants. */
export const startPeopleStage = async () => {
  const models = new Map<string, Model>()
  const groq = await startProviderEmulator({
    provider: 'groq',
    script: {
      answer: async (request) => {
        const brief = readBrief(questionOf(request))
        return (await models.get(goalOf(request))?.(brief, request)) ?? usual(brief)
      },
    },
  })
  const backed = await startBackedGateway({
    budget: {},
    'llm-router': { GROQ_API_KEY: 'gsk_test', GROQ_BASE_URL: groq.url, OLLAMA_BASE_URL: 'off' },
    orchestrator: {},
  })
  const nats = await connectNats(backed.bus.env('admin'), 'test')
  /** Asks as a patient client does: what a busy machine did not answer in time is asked again under the same key. */
  const ask: typeof backed.ask = async (method, url, body, key = newToken()) => {
    const isKeyed = method === 'POST' || method === 'PATCH'
    return eventually(async () => {
      const answer = await backed.ask(method, url, body, isKeyed ? key : undefined)
      expect(answer.status, JSON.stringify(answer.body)).not.toBeOneOf([503, 504])
      return answer
    })
  }

  const read = async (taskId: string) =>
    Folded.parse((await ask('GET', `/api/tasks/${taskId}`)).body)

  const openOf = async (taskId: string, kind: ApprovalKind) => {
    const { body } = await ask('GET', '/api/approvals?limit=200')
    return Approvals.parse(body).items.find((one) => one.taskId === taskId && one.kind === kind)
  }

  return {
    ask,
    nats,
    killAndStart: backed.killAndStart,
    read,
    create: async (goal: string, task: Record<string, unknown> = {}, model?: Model) => {
      if (model !== undefined) models.set(goal, model)
      const { status, body } = await ask('POST', '/api/tasks', { goal, ...task })
      expect([status, body]).toMatchObject([201, {}])
      return Created.parse(body).taskId
    },
    /** The state once it is like this. */
    until: (taskId: string, like: Record<string, unknown>) =>
      eventually(async () => {
        const { state } = await read(taskId)
        expect(state).toMatchObject(like)
        return state
      }),
    /** What a person is asked, once they are; another one than `but`. */
    asked: (taskId: string, kind: ApprovalKind, but = '') =>
      eventually(async () => {
        const open = ApprovalSummary.parse(await openOf(taskId, kind))
        expect(open.approvalId).not.toBe(but)
        return open
      }),
    decide: (approval: ApprovalSummary, body: Record<string, unknown>) =>
      ask('POST', `/api/approvals/${approval.approvalId}/decision`, {
        expectedSeq: approval.seq,
        ...body,
      }),
    events: async (taskId: string): Promise<TaskEvent[]> => {
      const { body } = await ask('GET', `/api/tasks/${taskId}/events?limit=1000`)
      return Page.parse(body).events.flatMap((event) => fromCloudEvent(event as never) ?? [])
    },
    /** Requests for one step, the first one first. */
    askedOf: (goal: string, title: string) =>
      groq.requests.flatMap((received) => {
        const { request } = received
        if (request === null || goalOf(request) !== goal) return []
        const brief = readBrief(questionOf(request))
        return brief.purpose === 'step' && brief.title === title ? [{ ...received, request }] : []
      }),
    stop: async () => {
      await nats.close()
      await backed.stop()
      await groq.close()
    },
  }
}

export type PeopleStage = Awaited<ReturnType<typeof startPeopleStage>>

export const dataOf = <Type extends TaskEvent['type']>(
  events: readonly TaskEvent[],
  type: Type,
): TaskEventData<Type>[] =>
  events.flatMap((event) => (event.type === type ? [event.data as TaskEventData<Type>] : []))

/** What an answer must be like to be a refusal of this kind. */
export const refused = (status: number, code: string, details: Record<string, unknown> = {}) => ({
  status,
  body: { error: { code, details } },
})
