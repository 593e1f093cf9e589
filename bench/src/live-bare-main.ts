import { TaskId } from '@maestro/contracts/ids'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { createFrameClock } from '@maestro/gateway/live/frame-clock'
import type { BareCollecting, BareOrder } from './live/bare-server.ts'
import { benchEvent } from './live/bench-event.ts'
import { pace } from './live/pace.ts'

// What `ws` alone would do in the gateway's place: no bus, no sign-in, no topics, no order to be kept.

const collecting = process.argv[2] as BareCollecting
const taskId = TaskId.parse('task_bare')

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })
await once(server, 'listening')
server.on('connection', (socket) => socket.on('message', () => socket.send('[]')))

let waiting: string[] = []
let seq = 0
const sendAll = () => {
  if (waiting.length === 0) return
  const frame = `[${waiting.join(',')}]`
  waiting = []
  for (const client of server.clients) client.send(frame)
}
const clock = createFrameClock({ onBeat: () => undefined })
const sendSoon = {
  none: sendAll,
  '16 ms': () => undefined,
  'beat of the gateway': () => {
    if (waiting.length === 1) clock.atNextBeat(sendAll)
  },
}[collecting]
if (collecting === '16 ms') setInterval(sendAll, 16)
const happen = () => {
  seq += 1
  const event = JSON.stringify(benchEvent(taskId, seq))
  waiting.push(`{"op":"event","topic":"task:${taskId}","event":${event},"seq":${seq}}`)
  sendSoon()
}

process.once('disconnect', () => process.exit(0))
process.on(
  'message',
  (order: BareOrder) => void pace(happen, order).then(() => process.send?.(seq)),
)
process.send?.({ url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` })
