import { startTestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import postgres from 'postgres'
import { installPeers } from './orchestrator/install-peers.ts'
import { type Killed, killLangGraph, killMaestro } from './orchestrator/measure-kills.ts'
import { measureLangGraph } from './orchestrator/measure-langgraph.ts'
import { measureLoads } from './orchestrator/measure-loads.ts'
import { measureMaestro } from './orchestrator/measure-maestro.ts'
import { measureWaiting } from './orchestrator/measure-waiting.ts'
import { type Measured, tasksAtOnce, tasksMeasured } from './orchestrator/measured.ts'
import { startEmulatorProcess } from './router/emulator-process.ts'

// Ten steps in a diamond, each of them a model call of 5 ms that answers 1 kB: through the whole house, and on
// LangGraph.js with its Postgres checkpointer, one after the other on the same Postgres.

const say = (name: string, value: string, note = '') =>
  console.log(`${name.padEnd(46)} ${value.padStart(12)}  ${note}`)
/** Of a process, for each task. */
const shownMsMin = 0.5
const kilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(0)} kB`
const sayMeasured = (of: Measured, beside: Measured | null) => {
  const ratio = (value: (measured: Measured) => number) =>
    beside === null ? '' : `ratio ${(value(of) / value(beside)).toFixed(2)}`
  say(
    `${of.name}: steps a second`,
    of.stepsPerSecond.toFixed(0),
    ratio((one) => one.stepsPerSecond),
  )
  say(
    '  task, median',
    `${of.taskP50Ms.toFixed(0)} ms`,
    ratio((one) => one.taskP50Ms),
  )
  say(
    '  task, 99 of 100',
    `${of.taskP99Ms.toFixed(0)} ms`,
    ratio((one) => one.taskP99Ms),
  )
  say(
    '  processor time a task',
    `${of.cpuMsPerTask.toFixed(0)} ms`,
    ratio((one) => one.cpuMsPerTask),
  )
  say(
    '  stored a task',
    kilobytes(of.bytesPerTask),
    ratio((one) => one.bytesPerTask),
  )
}

const sayKilled = (name: string, { kills, steps, again }: Killed) =>
  say(`${name}: steps run again over ${kills} kills`, String(again), `of ${steps} finished ones`)

const model = /model name\s*:\s*(.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown'
console.log(`${model}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} before it began`)
console.log(`${tasksMeasured} tasks of 10 steps, ${tasksAtOnce} at once\n`)
const missing = installPeers()
if (missing !== null) console.log(`LangGraph.js is not there to be measured: ${missing}\n`)
const emulator = await startEmulatorProcess('orchestrator')
const system = await startTestSystem({
  durable: true,
  env: { GROQ_API_KEY: 'gsk_bench', GROQ_BASE_URL: emulator.url },
  moreEnv: { budget: { BUDGET_GLOBAL_USD: '100000' } },
})
const admin = postgres(system.postgresUrl, { max: 1, onnotice: () => undefined })
const databaseUrl = (name: string) => {
  const url = new URL(system.postgresUrl)
  url.pathname = `/${name}`
  return url.href
}
const orchestrator = postgres(databaseUrl('orchestrator'), { max: 1, onnotice: () => undefined })
try {
  let langGraph: Measured | null = null
  if (missing === null) {
    await admin`create database langgraph`
    const place = { postgresUrl: databaseUrl('langgraph'), database: 'langgraph' }
    langGraph = await measureLangGraph(admin, {
      ...place,
      postgresPid: system.pids()['postgres'] ?? 0,
    })
    sayMeasured(langGraph, null)
    console.log()
  }
  const maestro = await measureMaestro(admin, system)
  sayMeasured(maestro, langGraph)
  for (const [name, ms] of maestro.cpuMsPerTaskOf)
    if (ms >= shownMsMin) say(`  processor time a task of ${name}`, `${ms.toFixed(1)} ms`)
  say('  stored in all databases together', kilobytes(maestro.allBytesPerTask))
  console.log()

  if (langGraph !== null) {
    sayKilled('LangGraph.js', await killLangGraph(databaseUrl('langgraph')))
  }
  sayKilled('Maestro', await killMaestro(orchestrator, system, emulator))
  console.log()

  const { tasks, watchMs, idleCpuMs, waitingCpuMs } = await measureWaiting(system)
  say(`orchestrator idle for ${watchMs / 1_000} s, processor time`, `${idleCpuMs.toFixed(0)} ms`)
  say(
    `  while ${tasks} tasks wait for a person`,
    `${waitingCpuMs.toFixed(0)} ms`,
    `ratio ${(waitingCpuMs / idleCpuMs).toFixed(2)}`,
  )
  console.log()

  const { events, folded, fromSnapshot, stateBytes } = await measureLoads(orchestrator, system)
  const processor = ({ cpuMs }: { cpuMs: number }) => `of it processor time ${cpuMs.toFixed(0)} ms`
  say(
    `cold load of a task of ${events} events, folded`,
    `${folded.ms.toFixed(0)} ms`,
    processor(folded),
  )
  say(
    '  from its snapshot',
    `${fromSnapshot.ms.toFixed(0)} ms`,
    `${processor(fromSnapshot)}; ratio ${(fromSnapshot.ms / folded.ms).toFixed(2)}; a state of ${kilobytes(stateBytes)}; aim: under 100 ms`,
  )
} finally {
  await orchestrator.end()
  await admin.end()
  await system.stop()
  emulator.stop()
}
process.exit(0)
