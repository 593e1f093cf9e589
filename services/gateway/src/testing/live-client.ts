import { type ServerMessage, ServerFrame } from '@maestro/contracts/gateway/live-feed'
import { WebSocket } from 'ws'
import { signedIn } from './test-gateway.ts'

const waitMsMax = 50_000

/** A client of the live feed as an outside program would be one: a real WebSocket, every frame checked. */
export const connectLive = async (address: string, headers: Record<string, string> = signedIn) => {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/api/live`, { headers })
  const messages: ServerMessage[] = []
  const frames: number[] = []
  const listeners = new Set<() => void>()
  let closed: { code: number } | null = null
  const notify = () => {
    for (const listener of listeners) listener()
  }
  socket.on('message', (data: Buffer) => {
    const frame = ServerFrame.parse(JSON.parse(data.toString()))
    frames.push(frame.length)
    messages.push(...frame)
    notify()
  })
  socket.on('close', (code) => {
    closed = { code }
    notify()
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })

  /** Resolves when the condition holds, which is looked at after every frame. */
  const until = <Result>(condition: () => Result | undefined | false | null): Promise<Result> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const result = condition()
        if (!result) return
        clearTimeout(deadline)
        listeners.delete(look)
        resolve(result)
      }
      const deadline = setTimeout(() => {
        listeners.delete(look)
        const seen = messages.slice(-5).map((message) => JSON.stringify(message).slice(0, 200))
        reject(
          new Error(
            `it did not come; ${messages.length} messages, the last ones:\n${seen.join('\n')}`,
          ),
        )
      }, waitMsMax)
      listeners.add(look)
      look()
    })

  return {
    socket,
    messages,
    frames,
    until,
    send: (message: unknown) =>
      socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    events: (topic: string) =>
      messages.flatMap((message) =>
        message.op === 'event' && message.topic === topic ? [message] : [],
      ),
    of: <Op extends ServerMessage['op']>(op: Op) =>
      messages.filter(
        (message): message is Extract<ServerMessage, { op: Op }> => message.op === op,
      ),
    closed: () => closed,
    close: () => socket.close(),
  }
}
export type LiveClient = Awaited<ReturnType<typeof connectLive>>

/** Proves that nothing is missing, doubled or out of order. */
export const seqsOf = (client: LiveClient, topic: string): number[] =>
  client.events(topic).map(({ seq }) => seq)

export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index)
