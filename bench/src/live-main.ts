import { connectNats } from '@maestro/service-kit/connect-nats'
import { startTestSystem } from '@maestro/testkit/infrastructure/start-test-system'
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { cpuMsOf } from './budget/cpu-of.ts'
import { type BareCollecting, startBareServer } from './live/bare-server.ts'
import { startEventSource } from './live/event-source.ts'
import { highestOf, measureRates, p99MsMax, type Rate } from './live/highest-rate.ts'
import { startLiveClients } from './live/live-clients.ts'
import { pace } from './live/pace.ts'

// How many events a second of 1 kB reach 500 clients, all of whom watch the same task, and how long the
// slowest in a hundred is on its way; beside `ws` alone. Everything shares this one machine, clients included.

const clientsCount = 500
const bareRates = [100, 150, 200, 300, 400, 600]
const rates = [250, 500, 750, 1_000, 1_250, 1_500, 1_750, 2_000, 2_500, 3_000, 4_000]

const model =
  /model name\s*:\s*(.*)/.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? 'unknown processor'
console.log(
  `bench:live on ${cpus().length} × ${model}, Node ${process.version}, load ${loadavg()[0]?.toFixed(1)} before this began`,
)
console.log(
  `events of 1 kB to ${clientsCount} clients; the highest rate at which all arrive, 99 of 100 within ${p99MsMax} ms\n`,
)

const cells = (texts: readonly string[]) => texts.map((text) => text.padStart(14)).join('')
const print = (name: string, measured: readonly Rate[]) => {
  for (const { perSecond, p50Ms, p99Ms, frames, arrived, cpuUsEach } of measured) {
    const figures = [
      String(perSecond),
      `${p50Ms} ms`,
      `${p99Ms} ms`,
      String(frames),
      `${cpuUsEach.toFixed(2)} us`,
    ]
    console.log(`${name.padEnd(34)}${cells(figures)}${arrived ? '' : '   not all arrived'}`)
  }
}
console.log(`${' '.repeat(34)}${cells(['events/s', 'median', 'p99', 'frames', 'cpu each'])}`)

const measureBare = async (name: string, of: readonly number[], collecting: BareCollecting) => {
  const server = await startBareServer(collecting)
  const clients = await startLiveClients()
  try {
    await clients.connect({ url: server.url, headers: {}, subscribe: '{}', count: clientsCount })
    const measured = await measureRates(
      clients,
      { rates: of, count: clientsCount, cpuMs: server.cpuMs },
      server.run,
    )
    print(name, measured)
    return highestOf(measured)
  } finally {
    clients.stop()
    server.stop()
  }
}

const measureMaestro = async () => {
  const system = await startTestSystem({
    services: ['gateway'],
    moreEnv: { gateway: { REQUESTS_PER_MINUTE_MAX: '100000' } },
  })
  const clients = await startLiveClients()
  const nats = await connectNats(system.natsEnv('orchestrator'), 'bench')
  const source = await startEventSource(nats)
  const gatewayPid = system.pids()['gateway'] ?? system.pids()['gateway-1'] ?? 0
  const cpuMs = () => cpuMsOf(gatewayPid)
  try {
    await clients.connect({
      url: `${system.consoleUrl.replace('http', 'ws')}/api/live`,
      headers: { authorization: `Bearer ${system.token}`, origin: system.consoleUrl },
      subscribe: JSON.stringify({ op: 'subscribe', topic: `task:${source.taskId}`, after: 0 }),
      count: clientsCount,
    })
    const measured = await measureRates(
      clients,
      { rates, count: clientsCount, cpuMs },
      async (order) => {
        await pace(source.happen, order)
        return source.seq()
      },
    )
    print('Maestro: NATS, gateway, sign-in', measured)
    return highestOf(measured)
  } finally {
    clients.stop()
    await source.stop()
    await nats.close()
    await system.stop()
  }
}

const plain = await measureBare('ws alone, one message a frame', bareRates, 'none')
const collected = await measureBare('ws alone, collected for 16 ms', rates, '16 ms')
const beaten = await measureBare('ws alone, by our beat', rates, 'beat of the gateway')
const maestro = await measureMaestro()
const ratio = (other: number) => (other === 0 ? 'no rate held' : (maestro / other).toFixed(2))
console.log(
  `\nMaestro ${maestro} events a second, ${maestro * clientsCount} deliveries; against ws alone one by one ${ratio(plain)}, collected for 16 ms ${ratio(collected)}, by our beat of 16 to 48 ms ${ratio(beaten)} (aim: at least 1,500)`,
)
process.exit(0)
