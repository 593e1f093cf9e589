import type { Kill } from './random-kills.ts'
import { quantile, type recoveryTimes } from './recovery-times.ts'

type Recovered = ReturnType<typeof recoveryTimes>

const seconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`.padStart(10)

const printRow = (name: string, kills: number, recovered: Recovered) => {
  const times = recovered.map(({ ms }) => ms)
  const figures = [quantile(times, 0.5), quantile(times, 0.95), Math.max(0, ...times)]
  const counts = `${String(kills).padStart(6)}${String(times.length).padStart(16)}`
  console.log(`${name.padEnd(16)}${counts}${figures.map(seconds).join('')}`)
}

/** How long tasks that were at work had to wait after each kind of kill. */
export const printRecovery = (kills: readonly Kill[], recovered: Recovered): void => {
  console.log(
    'kill -9 of       kills   tasks at work       p50       p95   longest   to their next event',
  )
  const byVictim = Map.groupBy(kills, ({ name }) => name)
  for (const [name, own] of [...byVictim].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    printRow(
      name,
      own.length,
      recovered.filter((each) => each.name === name),
    )
  }
  printRow('all', kills.length, recovered)
}
