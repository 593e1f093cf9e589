import { errorCodes, isErrorCode } from '@maestro/contracts/errors'
import {
  type ClientMessage,
  ServerFrame,
  type ServerMessage,
  type Topic,
} from '@maestro/contracts/gateway/live-feed'
import { createStore, type StoreApi } from 'zustand/vanilla'
import { backoffMs } from './backoff.ts'

/** A topic that was refused is asked for again after so long: what is behind the gateway may have been away. */
const askAgainMs = 2_000
/** Two heartbeats of the server and some: silence for this long means that the socket is dead. */
const silenceMsMax = 25_000

export type LiveState =
  | { status: 'connecting' }
  | { status: 'open' }
  | { status: 'lost'; since: number; retryAt: number }

export type Subscription = {
  /** Read at each (re)connect: where this topic goes on. Undefined: from the head. */
  after?: () => number
  onMessage: (message: ServerMessage) => void
  /** The socket came back: what was missed meanwhile is unknown, except where `after` says it. */
  onReconnect?: () => void
}

export type LiveSocket = {
  state: StoreApi<LiveState>
  subscribe: (topic: Topic, subscription: Subscription) => () => void
  /** Asks the server for a topic again, from where its first subscriber stands. */
  renew: (topic: Topic) => void
  retryNow: () => void
  stop: () => void
}

/** One WebSocket for the whole tab, with many topics on it. It opens with the first one and comes back by itself. */
export const createLiveSocket = ({
  url,
  onRefused = () => {},
  open = (address) => new WebSocket(address),
  random = Math.random,
}: {
  url: string
  /** A socket closed before it was open. A page is not told why: whoever listens finds out. */
  onRefused?: () => void
  open?: (address: string) => WebSocket
  random?: () => number
}): LiveSocket => {
  const state = createStore<LiveState>(() => ({ status: 'connecting' }))
  const topics = new Map<Topic, Set<Subscription>>()
  let socket: WebSocket | null = null
  let attempt = 0
  let heardAt = 0
  let wasOpen = false
  /** The present one. */
  let hasOpened = false
  let stopped = false
  let retryTimer: ReturnType<typeof setTimeout> | undefined

  const send = (message: ClientMessage) => {
    if (socket?.readyState === 1) socket.send(JSON.stringify(message))
  }

  const ask = (topic: Topic) => {
    const afters = [...(topics.get(topic) ?? [])].flatMap(({ after }) => (after ? [after()] : []))
    send({ op: 'subscribe', topic, ...(afters.length > 0 ? { after: Math.min(...afters) } : {}) })
  }

  /** The server has let go of it: without a word it would stay silent for as long as the socket is open. */
  const askAgain = (topic: Topic) => {
    const asked = socket
    setTimeout(() => {
      if (socket === asked && topics.has(topic)) ask(topic)
    }, askAgainMs)
  }

  const deliver = (message: ServerMessage) => {
    if (message.topic === undefined) return
    const subscribers = topics.get(message.topic)
    for (const subscriber of subscribers ?? []) subscriber.onMessage(message)
    if (message.op === 'lagged') ask(message.topic)
    if (message.op === 'error' && isPassing(message.error.code)) askAgain(message.topic)
  }

  const hear = (data: unknown) => {
    heardAt = Date.now()
    const frame = ServerFrame.safeParse(parseJson(data))
    if (frame.success) for (const message of frame.data) deliver(message)
  }

  const lose = () => {
    if (stopped || socket === null) return
    if (!hasOpened) onRefused()
    socket.onopen = socket.onclose = socket.onmessage = null
    socket.close()
    socket = null
    // Nobody listens, as after signing out: it opens again with the next subscription.
    if (topics.size === 0) {
      state.setState({ status: 'connecting' }, true)
      return
    }
    const waitMs = backoffMs(attempt, random())
    attempt += 1
    const before = state.getState()
    const since = before.status === 'lost' ? before.since : Date.now()
    state.setState({ status: 'lost', since, retryAt: Date.now() + waitMs }, true)
    retryTimer = setTimeout(connect, waitMs)
  }

  const connect = () => {
    clearTimeout(retryTimer)
    if (stopped || socket !== null || topics.size === 0) return
    const opening = open(url)
    socket = opening
    hasOpened = false
    heardAt = Date.now()
    opening.onopen = () => {
      const back = wasOpen
      attempt = 0
      wasOpen = hasOpened = true
      state.setState({ status: 'open' }, true)
      for (const topic of topics.keys()) ask(topic)
      if (back)
        for (const set of topics.values()) for (const subscriber of set) subscriber.onReconnect?.()
    }
    opening.onmessage = (event) => hear(event.data)
    opening.onclose = lose
  }

  const retryNow = () => {
    if (socket === null) connect()
  }

  const watchdog = setInterval(() => {
    const quiet = Date.now() - heardAt > silenceMsMax
    if (socket !== null && topics.size > 0 && quiet) lose()
  }, 5_000)

  return {
    state,
    subscribe: (topic, subscription) => {
      const set = topics.get(topic) ?? new Set()
      const isNew = set.size === 0
      topics.set(topic, set.add(subscription))
      if (isNew || subscription.after) ask(topic)
      if (socket === null && state.getState().status === 'connecting') connect()
      return () => {
        set.delete(subscription)
        if (set.size > 0) return
        topics.delete(topic)
        send({ op: 'unsubscribe', topic })
      }
    },
    renew: ask,
    retryNow,
    stop: () => {
      stopped = true
      clearTimeout(retryTimer)
      clearInterval(watchdog)
      socket?.close()
    },
  }
}

const isPassing = (code: string): boolean => isErrorCode(code) && errorCodes[code].retry

const parseJson = (data: unknown): unknown => {
  try {
    return typeof data === 'string' ? JSON.parse(data) : null
  } catch {
    return null
  }
}
