import { createCaller } from '@maestro/service-kit/call'
import { connectNats } from '@maestro/service-kit/connect-nats'
import { startTestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import {
  type ServiceProcess,
  startServiceProcess,
} from '@maestro/testkit/services/start-service-process'
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import postgres from 'postgres'
import type { LoadFigures } from './budget/closed-loop.ts'
import { cpuMsOf, cpuMsOfFamily } from './budget/cpu-of.ts'
import { measureReserve, putBenchBudgets } from './budget/measure-reserve.ts'
import { measurePlainPostgres } from './budget/plain-postgres.ts'

const warmUpMs = 3_000
const runMs = 8_000

const say = (name: string, { perSecond, p50Ms, p99Ms }: LoadFigures, note = '') => {
  const figures = [`${perSecond.toFixed(0)} /s`, `${p50Ms.toFixed(1)} ms`, `${p99Ms.toFixed(1)} ms`]
  console.log(`${name.padEnd(40)}${figures.map((text) => text.padStart(12)).join('')}  ${note}`)
}

const model =
  /model name\s*:\s*(.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown processor'
console.log(`${model}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} before this began`)
console.log('64 clients; four levels, one of them over everything; synchronous commit on\n')
console.log(
  `${' '.repeat(40)}${['per second', 'median', 'p99'].map((text) => text.padStart(12)).join('')}  µs of processor for each`,
)

const system = await startTestSystem({ services: [], durable: true })
const admin = postgres(system.postgresUrl, { max: 1, onnotice: () => undefined })
const copies: ServiceProcess[] = []
try {
  await admin.unsafe('create database bench_budget')
  const url = new URL(system.postgresUrl)
  url.pathname = '/bench_budget'
  const startCopy = async (name: string) => {
    const env = { ...system.natsEnv('budget'), POSTGRES_URL: url.href, COPY_NAME: name }
    copies.push(await startServiceProcess('budget', { ...env, LOG_LEVEL: 'info' }))
  }
  await startCopy('budget-1')
  const nats = await connectNats({ ...system.natsEnv('admin') }, 'bench')
  const call = createCaller({ nats, service: 'bench' })
  await putBenchBudgets(call)

  const { nats: natsPid = 0, postgres: postgresPid = 0 } = system.pids()
  const cpuMs = () => ({
    budget: copies.reduce((sum, { pid }) => sum + cpuMsOf(pid), 0),
    Postgres: cpuMsOfFamily(postgresPid),
    NATS: cpuMsOf(natsPid),
    clients: cpuMsOf(process.pid),
  })
  const measure = async (run: string) => {
    await measureReserve(call, { run: `${run}w`, runMs: warmUpMs })
    const before = cpuMs()
    const figures = await measureReserve(call, { run, runMs })
    const after = cpuMs()
    const microseconds = (name: keyof typeof before) =>
      `${name} ${(((after[name] - before[name]) * 1_000) / Math.max(figures.count, 1)).toFixed(0)}`
    const names = ['budget', 'Postgres', 'NATS', 'clients'] as const
    return { figures, note: names.map(microseconds).join(', ') }
  }
  const one = await measure('one')
  say('reserveBudget over NATS, 1 copy', one.figures, one.note)
  await startCopy('budget-2')
  const two = await measure('two')
  say('reserveBudget over NATS, 2 copies', two.figures, two.note)
  await nats.close()
  for (const copy of copies.splice(0)) await copy.stop()
  const plain = await measurePlainPostgres(url.href)
  say('plain Postgres, four updates', plain.fourUpdates)
  say('plain Postgres, one statement', plain.oneStatement)

  const ratio = (a: LoadFigures, b: LoadFigures) => (a.perSecond / b.perSecond).toFixed(2)
  console.log(`
1 copy to four updates: ${ratio(one.figures, plain.fourUpdates)}, to one statement: ${ratio(one.figures, plain.oneStatement)}; 2 copies to 1: ${ratio(two.figures, one.figures)}
aim: at least 8,000 a second, p99 under 15 ms`)
} finally {
  for (const copy of copies) await copy.stop()
  await admin.end()
  await system.stop()
}
process.exit(0)
