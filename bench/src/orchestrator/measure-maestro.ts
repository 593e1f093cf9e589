import { anyTaskEventSubject } from '@maestro/contracts/bus/subjects'
import { connectNats } from '@maestro/service-kit/connect-nats'
import type { TestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import type postgres from 'postgres'
import { cpuMsOfFamily } from '../budget/cpu-of.ts'
import { quantile } from '../crash/recovery-times.ts'
import { createHttpApi } from '../http-api.ts'
import { databaseBytes } from './database-bytes.ts'
import { diamond, stepsPerDiamond } from './diamond.ts'
import { type Measured, tasksAtOnce, tasksMeasured, tasksOfWarmUp } from './measured.ts'

const taskMsMax = 120_000

/** Bytes of the orchestrator alone, and of all databases together: only it stands beside a checkpointer. */
export type MaestroMeasured = Measured & {
  allBytesPerTask: number
  /** By the name of the process. */
  cpuMsPerTaskOf: ReadonlyMap<string, number>
}

export const measureMaestro = async (
  admin: postgres.Sql,
  system: TestSystem,
): Promise<MaestroMeasured> => {
  const api = createHttpApi({ url: system.consoleUrl, token: system.token })
  const nats = await connectNats(system.natsEnv('admin'), 'bench')
  const ends = new Map<string, (at: number) => void>()
  const ended = new Map<string, number>()
  const subscription = nats.subscribe(anyTaskEventSubject)
  const listen = async () => {
    for await (const message of subscription) {
      // Parsing every event would cost the measured ones their processor.
      const text = message.string()
      if (text.includes('"maestro.TaskFailed"')) throw new Error(text)
      if (!text.includes('"maestro.TaskSucceeded"')) continue
      const taskId = message.subject.slice(message.subject.lastIndexOf('.') + 1)
      ended.set(taskId, performance.now())
      ends.get(taskId)?.(performance.now())
    }
  }
  const listening = listen()

  const runOne = async () => {
    const startedAt = performance.now()
    const { taskId } = await api.createTask({
      goal: 'Ten steps.',
      options: { autonomy: 'auto', providers: ['groq'] },
      plan: diamond,
    })
    const endedAt = await Promise.race([
      listening.then(() => Promise.reject(new Error('nobody listens'))),
      new Promise<number>((resolve, reject) => {
        const known = ended.get(taskId)
        if (known !== undefined) return resolve(known)
        const late = setTimeout(() => reject(new Error(`${taskId} did not end`)), taskMsMax)
        ends.set(taskId, (at) => {
          clearTimeout(late)
          resolve(at)
        })
      }),
    ])
    return endedAt - startedAt
  }
  const runMany = async (count: number) => {
    const taskMs: number[] = []
    let begun = 0
    const worker = async () => {
      while (begun < count) {
        begun += 1
        taskMs.push(await runOne())
      }
    }
    await Promise.all(Array.from({ length: tasksAtOnce }, worker))
    return taskMs
  }

  const databases = await admin<{ name: string }[]>`
    select datname as name from pg_database where not datistemplate`
  const all = databases.map(({ name }) => name)
  /** Every process of the house; the servers with the processes of their connections. */
  const cpuMs = () =>
    new Map(Object.entries(system.pids()).map(([name, pid]) => [name, cpuMsOfFamily(pid)]))

  await runMany(tasksOfWarmUp)
  const before = {
    own: await databaseBytes(admin, ['orchestrator']),
    all: await databaseBytes(admin, all),
    cpu: cpuMs(),
  }
  const startedAt = performance.now()
  const taskMs = await runMany(tasksMeasured)
  const totalMs = performance.now() - startedAt
  const cpuMsPerTaskOf = new Map(
    [...cpuMs()].map(([name, ms]) => [name, (ms - (before.cpu.get(name) ?? 0)) / tasksMeasured]),
  )
  const own = (await databaseBytes(admin, ['orchestrator'])) - before.own
  const allBytes = (await databaseBytes(admin, all)) - before.all
  subscription.unsubscribe()
  await nats.close()
  return {
    name: 'Maestro',
    stepsPerSecond: (tasksMeasured * stepsPerDiamond * 1_000) / totalMs,
    taskP50Ms: quantile(taskMs, 0.5),
    taskP99Ms: quantile(taskMs, 0.99),
    cpuMsPerTask: [...cpuMsPerTaskOf.values()].reduce((sum, ms) => sum + ms, 0),
    cpuMsPerTaskOf,
    bytesPerTask: own / tasksMeasured,
    allBytesPerTask: allBytes / tasksMeasured,
  }
}
