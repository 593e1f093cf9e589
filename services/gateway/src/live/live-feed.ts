import { liveFeedPath } from '@maestro/contracts/gateway/live-feed'
import { AppError } from '@maestro/contracts/errors'
import type { Call } from '@maestro/service-kit/call'
import type { Logger } from '@maestro/service-kit/logger'
import type { NatsConnection } from '@maestro/service-kit/nats'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { WebSocket } from 'ws'
import type { BusWatch } from '../system/bus-watch.ts'
import { createChanges } from './changes.ts'
import { startEventIntake } from './event-intake.ts'
import { createFrameClock } from './frame-clock.ts'
import { createFramePress } from './frame-press.ts'
import { createLiveSocket } from './live-socket.ts'
import { createTaskFeeds } from './task-feeds.ts'
import { createTaskLines } from './task-lines.ts'
import { createTopics, plainTopics } from './topics.ts'

export const socketsMax = 2_000
const pingEveryMs = 15_000
/** What may wait for one client, in the gateway and in its socket. */
const bufferedCharactersMax = 4 * 1024 * 1024

type LiveOptions = {
  nats: NatsConnection
  call: Call
  log: Logger
  bus: BusWatch
  bufferedMax?: number | undefined
}

export type LiveFeed = {
  /** Adds the address that upgrades to a WebSocket. */
  register: (app: FastifyInstance) => void
  /** A session that was ended takes its sockets with it. */
  closeSession: (sessionId: string) => void
  state: () => { sockets: number; tasksWatched: number }
  stop: () => void
}

/** The live feed: events as they happen, to whoever watches. */
export const createLiveFeed = ({
  nats,
  call,
  log,
  bus,
  bufferedMax = bufferedCharactersMax,
}: LiveOptions): LiveFeed => {
  const press = createFramePress()
  const clock = createFrameClock({ onBeat: press.clear })
  const feeds = createTaskFeeds({ nats, call, log, clock })
  const topics = createTopics()
  const changes = createChanges({ topics })
  const lines = createTaskLines({ topics, call, log })
  const intake = startEventIntake({ nats, log, feeds, topics, lines, changes })
  /** Each socket with the session it was opened by, and whether it has answered the last ping. */
  const sockets = new Map<WebSocket, { sessionId: string | null; isAlive: boolean }>()

  bus.onLost(() => changes.touch('system', 'nats'))
  bus.onBack(() => {
    for (const topic of plainTopics) changes.touch(topic, '*')
    void feeds.refreshAll()
  })

  const pings = setInterval(() => {
    for (const [socket, state] of sockets) {
      if (!state.isAlive) socket.terminate()
      state.isAlive = false
      socket.ping()
    }
  }, pingEveryMs)
  pings.unref()

  const attend = (
    socket: WebSocket,
    { id: requestId, raw: { socket: connection }, signedIn }: FastifyRequest,
  ) => {
    const sessionId = signedIn?.session?.id ?? null
    const state = { sessionId, isAlive: true }
    sockets.set(socket, state)
    const live = createLiveSocket({
      sink: {
        get bufferedAmount() {
          return socket.bufferedAmount
        },
        // Past the library, which would write the head of every frame anew, and beside it: its own
        // frames (ping, pong, close) are whole writes as well, and nothing of it waits, as it compresses nothing.
        send: (frame, sent) => {
          if (socket.readyState === socket.OPEN) connection.write(frame, sent)
        },
      },
      clock,
      press,
      feeds,
      topics,
      requestId,
      bufferedCharactersMax: bufferedMax,
    })
    socket.on('pong', () => {
      state.isAlive = true
    })
    socket.on('message', (data: Buffer, isBinary) => live.hear(data, isBinary))
    socket.on('close', () => {
      sockets.delete(socket)
      live.close()
    })
  }

  return {
    register: (app) => {
      app.route({
        method: 'GET',
        url: liveFeedPath,
        config: { access: 'owner' },
        preValidation: async () => {
          if (sockets.size >= socketsMax) throw new AppError('UNAVAILABLE', { socketsMax })
        },
        handler: async () => {
          throw new AppError('INVALID_INPUT', { reason: 'this address answers as a WebSocket' })
        },
        wsHandler: attend,
      })
    },
    closeSession: (ended) => {
      for (const [socket, { sessionId }] of sockets) {
        if (sessionId === ended) socket.close(1008, 'signed out')
      }
    },
    state: () => ({ sockets: sockets.size, tasksWatched: feeds.count() }),
    stop: () => {
      clearInterval(pings)
      intake.stop()
      clock.stop()
      changes.close()
      lines.close()
      feeds.close()
    },
  }
}
