import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { llmWorkSubject, type WorkPriority } from '@maestro/contracts/bus/subjects'
import { CallReply, type CallWork } from '@maestro/contracts/llm/call-work'
import { LiveDelta } from '@maestro/contracts/llm/live-delta'
import { CallId, TaskId, UserId } from '@maestro/contracts/ids'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { connectDatabase } from '@maestro/service-kit/database'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import { createInbox } from '@maestro/service-kit/nats'
import { newTaskId } from '@maestro/service-kit/new-id'
import { startService } from '@maestro/service-kit/start-service'
import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { startServiceProcess } from '@maestro/testkit/services/start-service-process'
import type { CacheScope } from '../cache/request-key.ts'
import { databaseOptions } from '../database-options.ts'
import { type MasterKeys, masterKeysOf } from '../keys/master-keys.ts'
import { type Keys, startKeys } from '../keys/start-keys.ts'
import { createProviderRegistry, type RegisteredProvider } from '../provider-registry.ts'
import { type Adapters, createAdapters } from '../providers/create-adapters.ts'
import type { PlaceLimits } from '../places/places.ts'
import type { ProviderAdapter } from '../providers/provider-adapter.ts'
import type { ProviderConfig } from '../providers/provider-config.ts'
import { startRouter } from '../start-router.ts'

const migrations = fileURLToPath(new URL('../../drizzle', import.meta.url))
const order = ['groq', 'gemini', 'ollama', 'rehearsal'] as const
const noLimits: PlaceLimits = {
  perProvider: { groq: null, gemini: null, ollama: null, rehearsal: null },
  perKey: null,
}
const waitMsMax = 50_000

/** A bus, a database and a budget of its own, on which workers run: in this process with scripted providers, or as processes. */
export const openTestSystem = async ({
  onWorker = () => undefined,
}: {
  /** Is told how to stop each worker of this process. */
  onWorker?: (stop: () => Promise<void>) => void
} = {}) => {
  const bus = await startPrivateNats()
  const database = await createTestDatabase()
  const budgetDatabase = await createTestDatabase()
  const budgetEnv = {
    ...bus.env('budget'),
    POSTGRES_URL: budgetDatabase.url,
    COPY_NAME: 'budget-1',
    LOG_LEVEL: 'warn',
  }
  const startBudget = () => startServiceProcess('budget', { ...budgetEnv, LOG_LEVEL: 'info' })
  const running = { budget: await startBudget() }
  const nats = await connectNats(bus.env('admin'), 'test')
  await ensureStreams(nats)
  const sql = connectDatabase(database.url)
  const budgetSql = connectDatabase(budgetDatabase.url)

  const routerEnv = (copy: string) => ({
    ...bus.env('llm-router'),
    POSTGRES_URL: database.url,
    COPY_NAME: copy,
    LOG_LEVEL: 'info' as const,
  })

  type WorkerOptions = {
    copy?: string
    callsInFlightMax?: number
    cacheScope?: CacheScope
    /** Left out: this worker learns alone. */
    redisUrl?: string
    placeLimits?: PlaceLimits
  }

  const runWorker = async (
    {
      copy = `copy-${randomUUID()}`,
      callsInFlightMax = 64,
      cacheScope = 'user',
      redisUrl,
      placeLimits = noLimits,
    }: WorkerOptions,
    {
      masters,
      adapters,
      providersOf,
    }: {
      masters: MasterKeys
      adapters: Adapters
      providersOf: (keys: Keys) => readonly RegisteredProvider[]
    },
  ) => {
    const config = { ...routerEnv(copy), LOG_LEVEL: 'error' }
    const base = await startService('llm-router', config, { migrations, database: databaseOptions })
    const keys = await startKeys({ base, masters, adapters, onFacts: () => {} })
    const router = await startRouter({
      base,
      registry: createProviderRegistry(() => providersOf(keys)),
      keys,
      copy,
      inboxPrefix: config.NATS_INBOX_PREFIX,
      redisUrl,
      placeLimits,
      callsInFlightMax,
      cacheScope,
    })
    let stopping: Promise<void> | null = null
    const stop = () => (stopping ??= router.stop().then(keys.stop).then(base.close))
    onWorker(stop)
    return { stop }
  }

  /** A worker in this process, with these providers behind it; they ask for no keys. */
  const startWorker = (adapters: readonly ProviderAdapter[], options: WorkerOptions = {}) =>
    runWorker(options, {
      masters: masterKeysOf(null),
      adapters: createAdapters({ config: { OLLAMA_BASE_URL: 'off' } }),
      providersOf: () =>
        order.map((provider) => {
          const adapter = adapters.find((candidate) => candidate.provider === provider) ?? null
          const model = adapter?.defaultModel ?? ''
          return { provider, adapter, model, reason: adapter === null ? 'The test has none.' : '' }
        }),
    })

  /** A worker in this process that asks real providers, with keys as they are kept. */
  const startKeyedWorker = (
    { masters, config }: { masters: MasterKeys; config: ProviderConfig },
    options: WorkerOptions = {},
  ) =>
    runWorker(options, {
      masters,
      adapters: createAdapters({ config: { OLLAMA_BASE_URL: 'off', ...config } }),
      providersOf: (keys) => keys.providers,
    })

  const newWork = (overrides: Partial<CallWork> = {}): CallWork => {
    const taskId = overrides.taskId ?? newTaskId()
    return {
      callId: CallId.parse(`call_${taskId.slice('task_'.length)}_test_1_1`),
      ask: 1,
      taskId: TaskId.parse(taskId),
      userId: UserId.parse('owner'),
      stepId: null,
      agentId: null,
      purpose: 'step',
      providers: [],
      model: null,
      messages: [{ role: 'user', content: [{ text: 'Say something.' }] }],
      tools: [],
      outputSchema: null,
      outputTokensMax: 100,
      taskLimitNanoUsd: null,
      deadlineAt: new Date(Date.now() + 60_000).toISOString(),
      replyTo: createInbox('_INBOX_orchestrator'),
      ...overrides,
    }
  }

  /** Puts a call into the queue, as the orchestrator does. */
  const publish = async (work: CallWork, priority: WorkPriority = 'normal') => {
    await nats.jetstream().publish(llmWorkSubject(priority), JSON.stringify(work), {
      msgID: `${work.callId}:${work.ask}`,
    })
  }

  /** Asks for a call and waits for the reply. */
  const ask = async (work: CallWork, priority?: WorkPriority): Promise<CallReply> => {
    const replyTo = createInbox('_INBOX_orchestrator')
    const replies = nats.subscribe(replyTo, { max: 1, timeout: waitMsMax })
    await publish({ ...work, replyTo }, priority)
    for await (const message of replies) return CallReply.parse(message.json())
    throw new Error('no reply')
  }

  /** Everything that viewers of a task see from now on. */
  const watchLive = async (taskId: TaskId) => {
    const deltas: LiveDelta[] = []
    const subscription = nats.subscribe(`maestro.live.${taskId}.>`)
    void (async () => {
      for await (const message of subscription) deltas.push(LiveDelta.parse(message.json()))
    })()
    await nats.flush()
    return deltas
  }

  const settlementsOf = (callId: CallId) =>
    sql<{ attemptId: string; kind: string; state: string; cost: number | null }[]>`
      select attempt_id as "attemptId", kind, state, cost_nano_usd as cost
      from settlements where call_id = ${callId} order by attempt_id`

  return {
    bus,
    nats,
    sql,
    budgetSql,
    database,
    routerEnv,
    startWorker,
    startKeyedWorker,
    newWork,
    publish,
    ask,
    watchLive,
    settlementsOf,
    killBudget: () => running.budget.kill9(),
    startBudget: async () => {
      running.budget = await startBudget()
    },
    stop: async () => {
      await running.budget.stop()
      await nats.close()
      await Promise.all([sql.end({ timeout: 5 }), budgetSql.end({ timeout: 5 })])
      await bus.stop()
      await Promise.all([database.drop(), budgetDatabase.drop()])
    },
  }
}

export type TestSystem = Awaited<ReturnType<typeof openTestSystem>>
