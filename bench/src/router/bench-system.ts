import { createCaller } from '@maestro/service-kit/call'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { ensureStreams } from '@maestro/service-kit/ensure-streams'
import { startTestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import {
  type ServiceProcess,
  startServiceProcess,
} from '@maestro/testkit/services/start-service-process'
import postgres from 'postgres'
import { cpuMsOf, cpuMsOfFamily } from '../budget/cpu-of.ts'
import { startEmulatorProcess } from './emulator-process.ts'
import { inspectable } from './heap-of.ts'
import { putBudgets } from './put-budgets.ts'

type Env = Readonly<Record<string, string>>

/** Servers that write to the disk as in production, an emulated provider, and services as processes of their own. */
export const startBenchSystem = async () => {
  const system = await startTestSystem({ services: [], durable: true })
  const emulator = await startEmulatorProcess()
  const admin = postgres(system.postgresUrl, { max: 1, onnotice: () => undefined })
  const databaseOf = async (name: string) => {
    await admin.unsafe(`create database ${name}`)
    const url = new URL(system.postgresUrl)
    url.pathname = `/${name}`
    return url.href
  }
  const budgetUrl = await databaseOf('bench_budget')
  const routerUrl = await databaseOf('bench_router')
  await admin.end()
  const nats = await connectNats(system.natsEnv('admin'), 'bench')
  await ensureStreams(nats)

  const running = { budget: new Array<ServiceProcess>(), workers: new Array<ServiceProcess>() }
  const startBudget = async (env: Env = {}) => {
    const copy = await startServiceProcess('budget', {
      ...system.natsEnv('budget'),
      POSTGRES_URL: budgetUrl,
      COPY_NAME: `budget-${running.budget.length + 1}`,
      LOG_LEVEL: 'info',
      ...env,
    })
    running.budget.push(copy)
  }
  const startWorker = async (env: Env = {}) => {
    const worker = await startServiceProcess('llm-router', {
      ...system.natsEnv('llm-router'),
      POSTGRES_URL: routerUrl,
      REDIS_URL: system.redisUrl,
      GROQ_API_KEY: 'gsk_bench',
      GROQ_BASE_URL: emulator.url,
      OLLAMA_BASE_URL: 'off',
      COPY_NAME: `llm-router-${running.workers.length + 1}`,
      LOG_LEVEL: 'info',
      ...inspectable,
      ...env,
    })
    running.workers.push(worker)
    return worker
  }
  const stopServices = async () => {
    for (const service of [...running.workers.splice(0), ...running.budget.splice(0)])
      await service.stop()
  }

  await startBudget()
  await putBudgets(createCaller({ nats, service: 'bench' }))

  const { nats: natsPid = 0, postgres: postgresPid = 0, redis: redisPid = 0 } = system.pids()
  const cpuMsOfAll = (services: readonly ServiceProcess[]) =>
    services.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0)
  return {
    nats,
    emulator,
    startBudget,
    startWorker,
    stopServices,
    /** Processor time that each has used so far. */
    cpuMs: () => ({
      workers: cpuMsOfAll(running.workers),
      budget: cpuMsOfAll(running.budget),
      Postgres: cpuMsOfFamily(postgresPid),
      NATS: cpuMsOf(natsPid),
      Redis: cpuMsOf(redisPid),
      emulator: cpuMsOf(emulator.pid),
      client: cpuMsOf(process.pid),
    }),
    stop: async () => {
      await stopServices()
      await nats.close()
      emulator.stop()
      await system.stop()
    },
  }
}

export type BenchSystem = Awaited<ReturnType<typeof startBenchSystem>>
