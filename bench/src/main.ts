import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@maestro/launcher/servers/free-port'
import { startTestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { commitsPerSecond } from './commits-per-second.ts'
import { createHttpApi } from './http-api.ts'
import { liveLatency } from './live-latency.ts'
import { median } from './median.ts'
import { memoryOf } from './memory-of.ts'
import { startByNpm } from './start-by-npm.ts'
import { stepsPerSecond } from './steps-per-second.ts'

const say = (name: string, value: string, note = '') =>
  console.log(`${name.padEnd(44)} ${value.padStart(14)}  ${note}`)
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`
/** Long enough that what the start and the example task needed is given back. */
const idleMs = 20_000

/** Start and memory, as a person meets them: `npm start` in an empty folder, then again in the same one. */
const measureStart = async () => {
  const home = mkdtempSync(join(tmpdir(), 'maestro-bench-'))
  const port = await freePort()
  try {
    const cold = await startByNpm({ home, port })
    say('npm start, empty folder, to an answer', seconds(cold.readyMs), 'aim: under 15 s')
    await new Promise((resolve) => setTimeout(resolve, idleMs))
    const processes = memoryOf(cold.child.pid ?? 0)
    const total = processes.reduce((sum, { mib }) => sum + mib, 0)
    const ours = processes.filter(({ name }) => name.includes('/src/main.ts'))
    const oursTotal = ours.reduce((sum, { mib }) => sum + mib, 0)
    say('idle memory, all processes, PSS', `${total.toFixed(0)} MiB`, 'aim: under 700 MiB')
    say(
      '  of it Node (services and launcher)',
      `${oursTotal.toFixed(0)} MiB`,
      `ratio ${(oursTotal / total).toFixed(2)}`,
    )
    await cold.stop()
    const warm = await startByNpm({ home, port })
    say(
      'npm start again, same folder',
      seconds(warm.readyMs),
      `ratio ${(warm.readyMs / cold.readyMs).toFixed(2)}`,
    )
    await warm.stop()
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

/** Work: steps per second, on rehearsal without its delays. */
const measureWork = async () => {
  const system = await startTestSystem({
    durable: true,
    env: { REHEARSAL_CHUNK_DELAY_MS: '0' },
  })
  try {
    const { consoleUrl: url, token, postgresUrl } = system
    const api = createHttpApi({ url, token })
    const commits = await commitsPerSecond(postgresUrl)
    await stepsPerSecond(api, 10)
    const runs = []
    for (let run = 0; run < 3; run += 1) runs.push(await stepsPerSecond(api, 100))
    const steps = median(runs.map(({ perSecond }) => perSecond))
    say('steps per second, 100 tasks of 10 steps', steps.toFixed(0), 'aim: at least 150')
    say(
      '  bare commits per second, one connection',
      commits.toFixed(0),
      `ratio ${(steps / commits).toFixed(3)}`,
    )
  } finally {
    await system.stop()
  }
}

/** What a person sees who watches one task: the way of its events to the browser, at rehearsal's own pace. */
const measureLive = async () => {
  const system = await startTestSystem({ durable: true })
  try {
    const { consoleUrl: url, token } = system
    const live = await liveLatency(createHttpApi({ url, token }), { url, token, tasks: 10 })
    say('event to WebSocket client, median', `${live.medianMs.toFixed(0)} ms`, 'aim: under 20 ms')
    const ratio = (live.p99Ms / Math.max(1, live.medianMs)).toFixed(1)
    say('  99 of 100', `${live.p99Ms.toFixed(0)} ms`, `ratio ${ratio}, ${live.events} events`)
  } finally {
    await system.stop()
  }
}

const model =
  /model name\s*:\s*(.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown processor'
console.log(`${model}, Node ${process.version}\n`)
await measureStart()
await measureWork()
await measureLive()
process.exit(0)
