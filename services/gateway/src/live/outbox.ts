import type { FrameClock } from './frame-clock.ts'
import type { FramePress } from './frame-press.ts'
import type { ToldEvents } from './viewer.ts'

/** More than this unsent in the socket: its client is slow, and messages wait here, where they can still be taken back. */
const unsentBytesMax = 256 * 1024
/** A frame may be larger by its last message. */
const frameCharactersMax = 512 * 1024

/** The part of a WebSocket that an outbox needs. */
export type FrameSink = {
  readonly bufferedAmount: number
  /** A whole frame as it goes over the wire. */
  send: (frame: Buffer, sent: () => void) => void
}

/**
 * What waits to be sent to one client.
 * O1: messages leave in the order in which they came, as arrays, at most one frame per beat.
 * O2: never more than `charactersMax` wait here and in the socket together.
 */
export type Outbox = {
  /** False: there is no room; the message was not taken. */
  push: (topic: string, text: string, events: ToldEvents | null) => boolean
  /** For what must be said even when there is no room: short, and rare. */
  say: (text: string) => void
  /** Takes back what waits of a topic. Returns the seq of the first event taken back, else null. */
  takeBack: (topic: string) => number | null
  /** Null: there is room. Else resolves when there is, or when the socket is gone. */
  room: () => Promise<void> | null
  close: () => void
}

type Waiting = { topic: string; text: string; events: ToldEvents | null }

export const createOutbox = ({
  sink,
  clock,
  press,
  charactersMax,
}: {
  sink: FrameSink
  /** Of all outboxes together, as is the press. */
  clock: FrameClock
  press: FramePress
  charactersMax: number
}): Outbox => {
  let waiting: Waiting[] = []
  let characters = 0
  let isDue = false
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
    if (isDue || closed || waiting.length === 0) return
    isDue = true
    clock.atNextBeat(flush)
  }

  const flush = () => {
    isDue = false
    if (closed || waiting.length === 0) return
    // The callback of the frame that is still unsent comes back here.
    if (sink.bufferedAmount > unsentBytesMax) return
    let count = 0
    let size = 0
    while (count < waiting.length && size < frameCharactersMax) {
      size += waiting[count]?.text.length ?? 0
      count += 1
    }
    const frame = count === waiting.length ? waiting : waiting.slice(0, count)
    waiting = count === waiting.length ? [] : waiting.slice(count)
    characters -= size
    sink.send(press.frameOf(frame.map(({ text }) => text)), () => {
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
    push: (topic, text, events) => {
      if (closed) return true
      if (characters + text.length + sink.bufferedAmount > charactersMax) return false
      add({ topic, text, events })
      return true
    },
    say: (text) => {
      if (!closed) add({ topic: '', text, events: null })
    },
    takeBack: (topic) => {
      const taken = waiting.filter((message) => message.topic === topic)
      waiting = waiting.filter((message) => message.topic !== topic)
      for (const { text } of taken) characters -= text.length
      tellRoom()
      return taken.find(({ events }) => events !== null)?.events?.first ?? null
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
