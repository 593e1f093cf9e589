import { ServerFrame, type ServerMessage, type Topic } from '@maestro/contracts/gateway/live-feed'
import { type CallText, withPiece } from './call-text.ts'
import { eventChain } from './event-chain.ts'

const retryMs = 20

type Watched = {
  seq: number
  chain: ReturnType<typeof eventChain>
  texts: Map<string, CallText>
  /** Texts of calls as they stood when the event of their end came. */
  ended: Map<string, CallText>
}

export type ViewerFindings = {
  events: number
  deltas: number
  /** A seq that is not the next one. */
  gaps: number
  /** A piece of a text that lies behind a hole. */
  holes: number
  /** Until every topic had told its head for the first time, in ms. */
  firstMs: number[]
  /** After each cut: from the first attempt to connect again until every topic has told its head, in ms. */
  catchUpMs: number[]
}

export type FaithfulViewer = {
  readonly watched: ReadonlyMap<string, Watched>
  readonly findings: ViewerFindings
  readonly stop: () => Promise<void>
}

/** Watches tasks as a careful client does: connects again at once, asks for what follows its last event, and trusts nothing. */
export const startFaithfulViewer = (
  { url, token }: { url: string; token: string },
  taskIds: readonly string[],
): FaithfulViewer => {
  const watched = new Map<string, Watched>(
    taskIds.map((taskId) => [
      taskId,
      { seq: 0, chain: eventChain(), texts: new Map(), ended: new Map() },
    ]),
  )
  const findings: ViewerFindings = {
    events: 0,
    deltas: 0,
    gaps: 0,
    holes: 0,
    firstMs: [],
    catchUpMs: [],
  }
  let isStopped = false
  let socket: WebSocket | null = null

  const take = (message: ServerMessage) => {
    if (message.op === 'error') throw new Error(JSON.stringify(message.error))
    const task = watched.get('topic' in message ? (message.topic ?? '').slice('task:'.length) : '')
    if (task === undefined) return
    if (message.op === 'event') {
      findings.events += 1
      if (message.seq !== task.seq + 1) findings.gaps += 1
      task.seq = message.seq
      task.chain.add(message.event)
      const callId = String(message.event.data['callId'])
      const text = task.texts.get(callId)
      if (message.event.type === 'maestro.CallFinished' && text !== undefined) {
        task.ended.set(callId, text)
        task.texts.delete(callId)
      }
    }
    if (message.op === 'delta') {
      findings.deltas += 1
      const text = withPiece(task.texts.get(message.callId), message)
      if (text === null) findings.holes += 1
      else task.texts.set(message.callId, text)
    }
  }

  /** Resolves when it is cut. */
  const connectOnce = (startedMs: number) =>
    new Promise<boolean>((resolve) => {
      const heads = new Set<string>()
      const opened = new WebSocket(`${url.replace('http', 'ws')}/api/live`, {
        headers: { authorization: `Bearer ${token}`, origin: url },
      })
      socket = opened
      opened.addEventListener('open', () => {
        for (const [taskId, { seq }] of watched)
          opened.send(JSON.stringify({ op: 'subscribe', topic: `task:${taskId}`, after: seq }))
      })
      opened.addEventListener('message', ({ data }) => {
        for (const message of ServerFrame.parse(JSON.parse(String(data)))) {
          take(message)
          if (message.op !== 'head' || heads.size === watched.size) continue
          heads.add(message.topic satisfies Topic)
          if (heads.size < watched.size) continue
          const times = findings.firstMs.length === 0 ? findings.firstMs : findings.catchUpMs
          times.push(performance.now() - startedMs)
        }
      })
      opened.addEventListener('error', () => resolve(heads.size === watched.size))
      opened.addEventListener('close', () => resolve(heads.size === watched.size))
    })

  const running = (async () => {
    let startedMs = performance.now()
    while (!isStopped) {
      // Cut before it had caught up, it is still catching up.
      if (await connectOnce(startedMs)) startedMs = performance.now()
      else await new Promise((resolve) => setTimeout(resolve, retryMs))
    }
  })()

  return {
    watched,
    findings,
    stop: async () => {
      isStopped = true
      socket?.close()
      await running
    },
  }
}
