import { ServerFrame } from '@maestro/contracts/gateway/live-feed'
import type { HttpApi } from './http-api.ts'
import { median } from './median.ts'

const waitMsMax = 60_000

/**
 * Milliseconds from an event's own time, taken when it is decided, to its arrival at a WebSocket
 * client: commit, publication, gateway and the 16 ms in which frames are collected included.
 */
export const liveLatency = async (
  api: HttpApi,
  { url, token, tasks }: { url: string; token: string; tasks: number },
) => {
  const latencies: number[] = []
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/live`, {
    headers: { authorization: `Bearer ${token}`, origin: url },
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', () => reject(new Error('the live feed refused us')), {
      once: true,
    })
  })
  let ended: (taskId: string) => void = () => undefined
  socket.addEventListener('message', ({ data }) => {
    const now = Date.now()
    for (const message of ServerFrame.parse(JSON.parse(String(data)))) {
      if (message.op !== 'event') continue
      latencies.push(now - Date.parse(message.event.time))
      if (/Succeeded|Failed/.test(message.event.type)) ended(message.event.subject)
    }
  })
  for (let index = 0; index < tasks; index += 1) {
    const end = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no end event came')), waitMsMax)
      ended = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    const { taskId } = await api.createTask({
      goal: `Say what the notes and the table hold, ${index}.`,
      inputs: [
        { name: 'notes.txt', mediaType: 'text/plain', text: 'A short note. It rains in winter.' },
        { name: 'rain.csv', mediaType: 'text/csv', text: 'month,mm\n1,80\n2,60\n' },
      ],
      options: { providers: ['rehearsal'] },
    })
    const { seq } = await api.task(taskId)
    // What happened before we listen would count the time until we asked for it.
    socket.send(JSON.stringify({ op: 'subscribe', topic: `task:${taskId}`, after: seq }))
    await end
  }
  socket.close()
  return {
    events: latencies.length,
    medianMs: median(latencies),
    p99Ms: percentile(latencies, 0.99),
  }
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[
    Math.min(values.length - 1, Math.floor(values.length * share))
  ] ?? 0
