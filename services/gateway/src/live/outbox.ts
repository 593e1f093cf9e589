/** Messages that become due within so many milliseconds leave in one frame. */
const frameMs = 16
/** More than this unsent in the socket: its client is slow, and messages wait here, where they can still be taken back. */
const unsentBytesMax = 256 * 1024
/** A frame may be larger by its last message. */
const frameCharactersMax = 512 * 1024

/** The part of a WebSocket that an outbox needs. */
export type FrameSink = {
  readonly bufferedAmount: number
  send: (data: string, sent: () => void) => void
}

/**
 * What waits to be sent to one client.
 * O1: messages leave in the order in which they came, as arrays, at most one frame per 16 ms.
 * O2: never more than `charactersMax` wait here and in the socket together.
 */
export type Outbox = {
  /** False: there is no room; the message was not taken. */
  push: (topic: string, seq: number, text: string) => boolean
  /** For what must be said even when there is no room: short, and rare. */
  say: (text: string) => void
  /** Takes back what waits of a topic. Returns the seq of the first message taken back, else null. */
  takeBack: (topic: string) => number | null
  /** Null: there is room. Else resolves when there is, or when the socket is gone. */
  room: () => Promise<void> | null
  close: () => void
}

type Waiting = { topic: string; seq: number; text: string }

export const createOutbox = ({
  sink,
  charactersMax,
}: {
  sink: FrameSink
  charactersMax: number
}): Outbox => {
  let waiting: Waiting[] = []
  let characters = 0
  let lastFrameAt = 0
  let scheduled: NodeJS.Timeout | NodeJS.Immediate | null = null
  let closed = false
  let roomWanted: (() => void)[] = []

  const hasRoom = () => characters + sink.bufferedAmount < charactersMax / 2
  const tellRoom = () => {
    if (!closed && !hasRoom()) return
    const told = roomWanted
    roomWanted = []
    for (const tell of told) tell()
  }

  const schedule = () => {
    if (scheduled !== null || closed || waiting.length === 0) return
    const waitMs = lastFrameAt + frameMs - performance.now()
    // After a quiet time the first message leaves at once, with all that this turn of the loop brings.
    scheduled = waitMs <= 0 ? setImmediate(flush) : setTimeout(flush, waitMs)
  }

  const flush = () => {
    scheduled = null
    if (closed || waiting.length === 0) return
    // The callback of the frame that is still unsent comes back here.
    if (sink.bufferedAmount > unsentBytesMax) return
    let count = 0
    let size = 0
    while (count < waiting.length && size < frameCharactersMax) {
      size += waiting[count]?.text.length ?? 0
      count += 1
    }
    const frame = waiting.slice(0, count)
    waiting = waiting.slice(count)
    characters -= size
    lastFrameAt = performance.now()
    sink.send(`[${frame.map(({ text }) => text).join(',')}]`, () => {
      tellRoom()
      schedule()
    })
    schedule()
  }

  const add = (message: Waiting) => {
    waiting.push(message)
    characters += message.text.length
    schedule()
  }

  return {
    push: (topic, seq, text) => {
      if (closed) return true
      if (characters + text.length + sink.bufferedAmount > charactersMax) return false
      add({ topic, seq, text })
      return true
    },
    say: (text) => {
      if (!closed) add({ topic: '', seq: 0, text })
    },
    takeBack: (topic) => {
      const taken = waiting.filter((message) => message.topic === topic)
      waiting = waiting.filter((message) => message.topic !== topic)
      for (const { text } of taken) characters -= text.length
      tellRoom()
      return taken.find(({ seq }) => seq > 0)?.seq ?? null
    },
    room: () =>
      closed || hasRoom() ? null : new Promise<void>((resolve) => roomWanted.push(resolve)),
    close: () => {
      closed = true
      waiting = []
      characters = 0
      tellRoom()
    },
  }
}
