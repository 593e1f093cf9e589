import { fileURLToPath } from 'node:url'
import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import { anyHeadlineSubject, headlineSubject } from '@maestro/contracts/bus/subjects'
import { AppError } from '@maestro/contracts/errors'
import { TaskId } from '@maestro/contracts/ids'
import type { QueuePriority } from '@maestro/contracts/queue/queue-endpoints'
import {
  createTask,
  getTask,
  listTools,
  type NewTask,
} from '@maestro/contracts/task/task-endpoints'
import { defaultTaskOptions } from '@maestro/contracts/task/task-options'
import { createCaller } from '@maestro/service-kit/call'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { consumeEvents } from '@maestro/service-kit/consume-events'
import { connectDatabase, migrateDatabase } from '@maestro/service-kit/database'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import { startFactRelay } from '@maestro/service-kit/fact-relay'
import { createLogger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import type { RequestContext } from '@maestro/service-kit/request-context'
import { implement, serve, type Served } from '@maestro/service-kit/serve'
import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { startPrivateNats } from '@maestro/testkit/infrastructure/test-nats'
import { startPrivateRedis } from '@maestro/testkit/infrastructure/test-redis'
import { createPatientCaller } from '@maestro/service-kit/testing/create-patient-caller'
import { freeSlots } from './end/free-slots.ts'
import { schedulerEndpoints } from './endpoints.ts'
import { ensureDefaultQueue } from './queues.ts'
import { runQueue, type RunningQueue } from './run-queue.ts'

const log = createLogger({ service: 'scheduler', copy: 'test', level: 'silent' })
const migrations = fileURLToPath(new URL('../drizzle', import.meta.url))

const refuse = () =>
  Promise.reject(new AppError('PLAN_INVALID', { problems: ['a cycle: a → b → a'] }))

/** The two endpoints of the orchestrator that the scheduler needs, and its end events, for real on the bus. */
const openTaskEnds = (nats: NatsConnection) => {
  const started: TaskId[] = []
  const contexts: RequestContext[] = []
  const ended = new Map<TaskId, string>()
  let served: Served | null = null
  return {
    /** In the order in which they were first asked for. */
    started,
    contexts,
    up: async () => {
      served = await serve({ nats, log, service: 'orchestrator', version: '0.1.0' }, [
        implement(createTask, async ({ taskId, goal }, context) => {
          if (goal.startsWith('refuse')) return refuse()
          if (!started.includes(taskId)) {
            started.push(taskId)
            contexts.push(context)
          }
          return { taskId, seq: 1 }
        }),
        implement(listTools, async () => ({
          items: [
            {
              name: 'read_input',
              description: 'Reads one.',
              parameters: {},
              repeat: 'idempotent' as const,
            },
          ],
        })),
        implement(getTask, async ({ taskId }) => ({
          seq: 1,
          state: { status: ended.get(taskId) ?? 'running' },
          detail: 'whole' as const,
        })),
      ])
    },
    down: async () => {
      await served?.stop()
      served = null
    },
    running: () => started.filter((taskId) => !ended.has(taskId)),
    /** Ends a task; with `isSilent` its event is lost. */
    end: async (
      taskId: TaskId,
      { type = 'TaskSucceeded', isSilent = false }: { type?: string; isSilent?: boolean } = {},
    ) => {
      ended.set(taskId, type.slice('Task'.length).toLowerCase())
      if (isSilent) return
      const event: CloudEvent = {
        specversion: '1.0',
        id: `${taskId}:2`,
        source: '/maestro/orchestrator',
        type: `maestro.${type}`,
        subject: taskId,
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        data: { reason: 'because' },
        seq: 2,
      }
      await nats
        .jetstream()
        .publish(headlineSubject(taskId), JSON.stringify(event), { msgID: event.id })
    },
  }
}

/** A scheduler on servers of its own, with any number of copies. */
export const openTestScheduler = async ({ slotsMax }: { slotsMax: number }) => {
  const [database, nats, redis] = await Promise.all([
    createTestDatabase(),
    startPrivateNats(),
    startPrivateRedis(),
  ])
  await migrateDatabase(database.url, migrations)
  const sql = connectDatabase(database.url)
  await ensureDefaultQueue(sql, slotsMax)
  const orchestratorNats = await connectNats(nats.env('orchestrator'), 'orchestrator-test')
  await ensureStreams(orchestratorNats)
  const tasks = openTaskEnds(orchestratorNats)
  await tasks.up()
  const gatewayNats = await connectNats(nats.env('gateway'), 'gateway-test')
  const clock = { aheadMs: 0 }
  const copies = new Set<{ stop: () => Promise<void> }>()

  const startCopy = async (copy: string) => {
    const connection = await connectNats(nats.env('scheduler'), copy)
    const copySql = connectDatabase(database.url)
    const now = () => new Date(Date.now() + clock.aheadMs)
    const relay = await startFactRelay({
      sql: copySql,
      nats: connection,
      log,
      service: 'scheduler',
    })
    const call = createCaller({ nats: connection, service: 'scheduler' })
    const parts = { sql: copySql, log, now, onFacts: relay.wake }
    const queue = 'default'
    const running = await runQueue({
      ...parts,
      call,
      queue,
      copy,
      redisUrl: redis.url,
      prefix: 'maestro',
    })
    const queues = new Map<string, RunningQueue>([[queue, running]])
    const consumer = await consumeEvents({
      nats: connection,
      log,
      durable: 'scheduler-headlines',
      filterSubject: anyHeadlineSubject,
      handle: freeSlots({ ...parts, queues }),
    })
    const served = await serve(
      { nats: connection, log, service: 'scheduler', version: '0.1.0' },
      schedulerEndpoints({ ...parts, call, queues }),
    )
    const stop = async () => {
      copies.delete(started)
      await served.stop()
      await running.stop()
      await consumer.stop()
      await relay.stop()
      await connection.drain()
      await copySql.end({ timeout: 5 })
    }
    const started = { stop }
    copies.add(started)
    return started
  }

  return {
    sql,
    redis,
    tasks,
    clock,
    startCopy,
    gatewayNats,
    call: createPatientCaller({ nats: gatewayNats, service: 'gateway' }),
    close: async () => {
      await Promise.all([...copies].map(({ stop }) => stop()))
      await tasks.down()
      await Promise.all([orchestratorNats.drain(), gatewayNats.drain()])
      await sql.end({ timeout: 5 })
      await database.drop()
      await Promise.all([nats.stop(), redis.stop()])
    },
  }
}

export type TestScheduler = Awaited<ReturnType<typeof openTestScheduler>>

export const newTaskOf = (name: string, goal = `Do ${name}`): NewTask => ({
  taskId: TaskId.parse(`task_${name}`),
  goal,
  inputs: [],
  options: defaultTaskOptions,
  plan: null,
})

export const wishOf = (name: string, priority: QueuePriority = 'normal', goal?: string) => ({
  queue: 'default',
  priority,
  task: newTaskOf(name, goal),
})
