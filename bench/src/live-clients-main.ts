import type { ReadFrame } from './live/frame-reader.ts'
import type { ClientsOrder, ClientsReport } from './live/live-clients.ts'
import { connectRawSocket } from './live/raw-socket.ts'

// What hundreds of browsers would do, in one process: frames are not parsed, so that who measures costs little.
// Each frame is asked for the time of its first event, which has waited longest, and the seq of its last.

const connectsAtOnce = 25
const timeMark = '"time":"'
const seqMark = '"seq":'

const seqs: number[] = []
let latenciesMs: number[] = []

const take = (client: number, { start, end }: ReadFrame) => {
  const at = start.indexOf(timeMark)
  if (at < 0) return
  const from = at + timeMark.length
  latenciesMs.push(Date.now() - Date.parse(start.toString('latin1', from, from + 24)))
  const last = end.lastIndexOf(seqMark) + seqMark.length
  seqs[client] = Number.parseInt(end.toString('latin1', last, last + 12), 10)
}

const connectOne = async ({
  client,
  url,
  headers,
  subscribe,
}: Extract<ClientsOrder, { do: 'connect' }> & { client: number }) => {
  seqs[client] = 0
  const answered = Promise.withResolvers<void>()
  const socket = await connectRawSocket({
    url,
    headers,
    onFrame: (frame) => {
      answered.resolve()
      take(client, frame)
    },
    onClose: () => process.exit(1),
  })
  socket.send(subscribe)
  await answered.promise
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
