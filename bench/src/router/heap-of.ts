import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ServiceProcess } from '@maestro/testkit/services/start-service-process'

const waitMsMax = 5_000
const mib = 1024 ** 2

/** Starts a process with this, and its debugger can be opened on any free port. */
export const inspectable = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' }

/** Memory that a process holds, as Linux counts it. */
export const rssMibOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

const debuggerUrlOf = async ({ pid, log }: ServiceProcess): Promise<string> => {
  const find = () =>
    log.map((line) => /ws:\/\/\S+/.exec(line)?.[0]).find((url) => url !== undefined)
  const known = find()
  if (known !== undefined) return known
  process.kill(pid, 'SIGUSR1')
  for (const untilMs = performance.now() + waitMsMax; performance.now() < untilMs;) {
    const url = find()
    if (url !== undefined) return url
    await sleep(20)
  }
  throw new Error('its debugger did not open')
}

/** What a process still needs after a full collection of garbage, asked over its debugger. */
export const heapMibOf = async (service: ServiceProcess): Promise<number> => {
  const socket = new WebSocket(await debuggerUrlOf(service))
  try {
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve, { once: true })
      socket.addEventListener('error', reject, { once: true })
    })
    let asked = 0
    const send = (method: string) =>
      new Promise<{ usedSize?: number }>((resolve) => {
        const id = (asked += 1)
        const hear = ({ data }: MessageEvent) => {
          const { id: answered, result } = JSON.parse(String(data)) as {
            id?: number
            result: { usedSize?: number }
          }
          if (answered !== id) return
          socket.removeEventListener('message', hear)
          resolve(result)
        }
        socket.addEventListener('message', hear)
        socket.send(JSON.stringify({ id, method }))
      })
    await send('HeapProfiler.collectGarbage')
    const { usedSize = 0 } = await send('Runtime.getHeapUsage')
    return usedSize / mib
  } finally {
    socket.close()
  }
}
