import { readFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { startBenchSystem } from './router/bench-system.ts'
import { runCalls } from './router/call-loop.ts'
import { heapMibOf, rssMibOf } from './router/heap-of.ts'
import { type Measured, measureByTurns } from './router/measure-calls.ts'
import { plainCalls } from './router/plain-calls.ts'
import { routedCalls } from './router/routed-calls.ts'
import { measureStages } from './router/measure-stages.ts'

// What the router adds to the plain SDK, how many calls it makes, where their time goes, and whether its
// memory stays what it is. Everything runs on this one machine: so it also says who uses its processors.

const memoryEvery = 10_000
const memoryCallsMax = 30_000
const memoryMsMax = 120_000
const roundMs = 2_000
const rounds = 2
const workerCounts = [1, 2, 4]
const warmUpCalls = 1_000
const warmUpMsMax = 20_000
/** A provider that answers at once shows all that is added; one that thinks, what is added to real calls. */
const loads = [
  { inFlight: 1, waitMs: 0 },
  { inFlight: 32, waitMs: 0 },
  { inFlight: 128, waitMs: 0 },
  { inFlight: 32, waitMs: 250 },
  { inFlight: 128, waitMs: 250 },
]

const processor =
  /model name\s*:\s*(.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown processor'
console.log(
  `bench:router on ${cpus().length} × ${processor}, ${(totalmem() / 1024 ** 3).toFixed(0)} GiB, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} before this began`,
)
console.log(
  'NATS, Postgres (synchronous commit), Redis, budget (four levels), workers, the emulated provider and the client share it\n',
)

const cells = (texts: readonly string[]) => texts.map((text) => text.padStart(14)).join('')
const ms = (value: number) => value.toFixed(value < 10 ? 2 : 1)
const shares = ({ cpuMicroseconds }: Measured) =>
  Object.entries(cpuMicroseconds)
    .filter(([, microseconds]) => microseconds >= 1)
    .map(([name, microseconds]) => `${name} ${microseconds.toFixed(0)}`)
    .join(', ')

/** For the README, as they come. */
const paste: (readonly [figure: string, measured: string])[] = []

const system = await startBenchSystem()
const calls = routedCalls(system.nats)
const plain = plainCalls(system.emulator.url)
try {
  const worker = await system.startWorker()
  console.log(`memory of a worker, MiB${cells(['calls', 'RSS', 'heap', 'calls/s'])}`)
  const held: string[] = []
  const sayMemory = async (made: number, perSecond: string) => {
    const heap = (await heapMibOf(worker)).toFixed(0)
    const rss = rssMibOf(worker.pid).toFixed(0)
    held.push(`${rss} (${heap})`)
    const figures = [String(made), rss, heap, perSecond]
    console.log(`${' '.repeat(23)}${cells(figures)}`)
  }
  await sayMemory(0, '')
  for (let made = 0; made < memoryCallsMax;) {
    const bounds = { inFlight: 32, runMs: memoryMsMax, callsMax: memoryEvery }
    const { times, tookMs } = await runCalls(calls.of(0), bounds)
    made += times.length
    await sayMemory(made, ((times.length * 1_000) / tookMs).toFixed(0))
    if (times.length < memoryEvery) break
  }
  paste.push([
    'Memory of a worker at its start and after each 10,000 calls: resident (of it heap in use)',
    `${held.join(', ')} MiB`,
  ])

  console.log(
    `\nat once  provider     ${cells(['plain p50', 'routed', 'added', 'plain p99', 'routed', 'added', 'calls/s'])}`,
  )
  for (const { inFlight, waitMs } of loads) {
    const ways = { plain: plain(waitMs), routed: calls.of(waitMs) }
    const measured = await measureByTurns(system, ways, { inFlight, roundMs, rounds })
    const added = (key: 'totalMs' | 'firstMs', share: 'p50' | 'p99') =>
      ms(measured.routed[key][share] - measured.plain[key][share])
    if (inFlight === 1)
      paste.push([
        'Added to a call of the plain SDK, one in flight: median (p99); to its first token',
        `${added('totalMs', 'p50')} ms (${added('totalMs', 'p99')} ms); ${added('firstMs', 'p50')} ms`,
      ])
    const provider = waitMs === 0 ? 'at once' : `${waitMs} ms`
    for (const [name, key] of [
      ['whole', 'totalMs'],
      ['first', 'firstMs'],
    ] as const) {
      const [one, other] = [measured.plain[key], measured.routed[key]]
      const figures = (['p50', 'p99'] as const).flatMap((share) => [
        ms(one[share]),
        `${ms(other[share])} (×${(other[share] / one[share]).toFixed(1)})`,
        ms(other[share] - one[share]),
      ])
      const perSecond = key === 'totalMs' ? measured.routed.perSecond.toFixed(0) : ''
      console.log(
        `${String(inFlight).padStart(7)}  ${provider.padEnd(8)}${name.padEnd(5)}${cells([...figures, perSecond])}`,
      )
    }
    console.log(`         µs of processor a call: ${shares(measured.routed)}`)
    console.log(`         plain SDK:              ${shares(measured.plain)}`)
  }

  console.log(`\n32 at once${cells(['workers', 'calls/s', 'p50 ms', 'p99 ms'])}`)
  const made: string[] = []
  for (const count of workerCounts) {
    if (count > 1) await system.startWorker()
    if (count > 2) await system.startWorker()
    // A worker's first calls take several times as long: what they run is not compiled yet.
    const bounds = { inFlight: 32, runMs: warmUpMsMax, callsMax: count * warmUpCalls }
    await runCalls(calls.of(0), bounds)
    const ways = { routed: calls.of(0) }
    const { routed } = await measureByTurns(system, ways, {
      inFlight: 32,
      roundMs: 5_000,
      rounds: 1,
    })
    const { perSecond, totalMs } = routed
    made.push(perSecond.toFixed(0))
    console.log(
      `${' '.repeat(10)}${cells([String(count), perSecond.toFixed(0), ms(totalMs.p50), ms(totalMs.p99)])}  µs of processor a call: ${shares(routed)}`,
    )
  }

  paste.push(['Calls a second at 32 in flight through 1, 2 and 4 workers', made.join(', ')])

  const { calls: traced, stages, budgetMs, settleMs } = await measureStages(system, calls)
  console.log(`\nwhere the time of a call goes, 1 at once, traced, average of ${traced} calls`)
  for (const stage of stages) console.log(`${stage.name.padEnd(42)}${cells([ms(stage.ms)])} ms`)
  const sum = stages.reduce((total, stage) => total + stage.ms, 0)
  console.log(`${'together'.padEnd(42)}${cells([ms(sum)])} ms`)
  console.log(
    `of the reservation ${ms(budgetMs)} ms in budget; after the reply ${ms(settleMs)} ms to settle it`,
  )
  console.log('\nfor the README:\n')
  for (const [figure, measured] of paste) console.log(`| ${figure} | ${measured} |`)
  console.log(`
aims: at 1 at once added less than 2 ms (median), 8 ms (p99), 2 ms (first token); 1,500 calls a second at 32; memory flat`)
} finally {
  calls.stop()
  await system.stop()
}
process.exit(0)
