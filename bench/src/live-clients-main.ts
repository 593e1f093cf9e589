import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { ClientsOrder, ClientsReport } from './live/live-clients.ts'

// What hundreds of browsers would do, in one process: frames are not parsed, so that who measures costs little.
// Each frame is asked for the time of its first event, which has waited longest, and the seq of its last.

const connectsAtOnce = 25
const timeMark = '"time":"'
const seqMark = '"seq":'

const seqs: number[] = []
let latenciesMs: number[] = []

const take = (client: number, data: Buffer) => {
  const at = data.indexOf(timeMark)
  if (at < 0) return
  const from = at + timeMark.length
  latenciesMs.push(Date.now() - Date.parse(data.toString('latin1', from, from + 24)))
  const last = data.lastIndexOf(seqMark) + seqMark.length
  seqs[client] = Number.parseInt(data.toString('latin1', last, last + 12), 10)
}

const connectOne = async ({
  client,
  url,
  headers,
  subscribe,
}: Extract<ClientsOrder, { do: 'connect' }> & { client: number }) => {
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  await once(socket, 'open')
  seqs[client] = 0
  const answered = once(socket, 'message')
  socket.on('message', (data: Buffer) => take(client, data))
  socket.on('close', () => process.exit(1))
  socket.send(subscribe)
  await answered
}

const connect = async (order: Extract<ClientsOrder, { do: 'connect' }>) => {
  for (let from = 0; from < order.count; from += connectsAtOnce) {
    const count = Math.min(connectsAtOnce, order.count - from)
    await Promise.all(
      Array.from({ length: count }, (_, index) => connectOne({ ...order, client: from + index })),
    )
  }
}

const report = (): ClientsReport => {
  const sorted = Float64Array.from(latenciesMs).sort()
  const share = (part: number) =>
    sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? 0
  const [first = 0] = seqs
  const bounds = seqs.reduce<[number, number]>(
    ([lowest, highest], seq) => [Math.min(lowest, seq), Math.max(highest, seq)],
    [first, first],
  )
  return { seqs: bounds, frames: sorted.length, p50Ms: share(0.5), p99Ms: share(0.99) }
}

process.once('disconnect', () => process.exit(0))
process.on('message', (order: ClientsOrder) => {
  if (order.do === 'report') {
    process.send?.(report())
    return
  }
  if (order.do === 'begin') {
    latenciesMs = []
    process.send?.(null)
    return
  }
  void connect(order).then(() => process.send?.(null))
})
