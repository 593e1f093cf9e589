import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientsReport, LiveClients } from './live-clients.ts'

const runMs = 3_000
/** What runs for the first time is not compiled yet. */
const warmUp = { perSecond: 100, runMs: 2_000 }
/** After that, what has not arrived is late by far. */
const arriveMsMax = 3_000
const lookMs = 100
export const p99MsMax = 100

export type Rate = ClientsReport & {
  perSecond: number
  arrived: boolean
  /** Processor time of the server's process for each message at each client, in microseconds. */
  cpuUsEach: number
}

const isHeld = ({ arrived, p99Ms }: Rate) => arrived && p99Ms <= p99MsMax

/**
 * Goes through the rates from the lowest up, and stops at the first at which events do not arrive in
 * time, twice: what others do on the machine for a moment ends no row of figures.
 */
export const measureRates = async (
  clients: LiveClients,
  { rates, count, cpuMs }: { rates: readonly number[]; count: number; cpuMs: () => number },
  run: (order: { perSecond: number; runMs: number }) => Promise<number>,
): Promise<Rate[]> => {
  const measure = async (perSecond: number): Promise<Rate> => {
    await clients.begin()
    const cpuBeforeMs = cpuMs()
    const lastSeq = await run({ perSecond, runMs })
    const untilMs = performance.now() + arriveMsMax
    let report = await clients.report()
    while (report.seqs[0] < lastSeq && performance.now() < untilMs) {
      await sleep(lookMs)
      report = await clients.report()
    }
    const arrived = report.seqs[0] >= lastSeq
    const deliveries = (perSecond * runMs * count) / 1_000
    const cpuUsEach = ((cpuMs() - cpuBeforeMs) * 1_000) / deliveries
    return { ...report, perSecond, arrived, cpuUsEach }
  }
  await run(warmUp)
  const measured: Rate[] = []
  for (const perSecond of rates) {
    const first = await measure(perSecond)
    const rate = isHeld(first) ? first : await measure(perSecond)
    measured.push(rate)
    if (!isHeld(rate)) break
  }
  return measured
}

/** Of those at which everything arrived in time. */
export const highestOf = (rates: readonly Rate[]): number =>
  Math.max(0, ...rates.filter(isHeld).map(({ perSecond }) => perSecond))
