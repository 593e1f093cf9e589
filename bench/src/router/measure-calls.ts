import type { BenchSystem } from './bench-system.ts'
import { type AskOnce, type CallFigures, type CallTimes, figuresOf, runCalls } from './call-loop.ts'

export type Measured = CallFigures & {
  /** Microseconds of processor that each process used for a call. */
  cpuMicroseconds: Readonly<Record<string, number>>
}

/** Rounds of several ways to make a call, by turns, so that what else the machine does hits all of them. */
export const measureByTurns = async <Way extends string>(
  { cpuMs }: Pick<BenchSystem, 'cpuMs'>,
  ways: Readonly<Record<Way, AskOnce>>,
  { inFlight, roundMs, rounds }: { inFlight: number; roundMs: number; rounds: number },
): Promise<Record<Way, Measured>> => {
  const names = Object.keys(ways) as Way[]
  const sums = new Map(
    names.map((name) => [
      name,
      { times: new Array<CallTimes>(), tookMs: 0, cpu: new Map<string, number>() },
    ]),
  )
  const bounds = { inFlight, callsMax: Number.MAX_SAFE_INTEGER }
  for (const name of names) await runCalls(ways[name], { ...bounds, runMs: roundMs / 4 })
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, sum] of sums) {
      const before = cpuMs()
      const { times, tookMs } = await runCalls(ways[name], { ...bounds, runMs: roundMs })
      for (const [process, usedMs] of Object.entries(cpuMs())) {
        const used = usedMs - before[process as keyof typeof before]
        sum.cpu.set(process, (sum.cpu.get(process) ?? 0) + used)
      }
      sum.times.push(...times)
      sum.tookMs += tookMs
    }
  }
  const measured = [...sums].map(([name, { times, tookMs, cpu }]) => [
    name,
    {
      ...figuresOf(times, tookMs),
      cpuMicroseconds: Object.fromEntries(
        [...cpu].map(([process, ms]) => [process, (ms * 1_000) / Math.max(times.length, 1)]),
      ),
    },
  ])
  return Object.fromEntries(measured) as Record<Way, Measured>
}
