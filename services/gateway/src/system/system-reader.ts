import { CopyMetadata, troubleFrom } from '@maestro/service-kit/copy-metadata'
import { EndpointStats } from '@maestro/service-kit/endpoint-stats'
import { AppError } from '@maestro/contracts/errors'
import { streams } from '@maestro/contracts/bus/streams'
import type {
  ServiceCopy,
  StreamState,
  SystemStatus,
} from '@maestro/contracts/gateway/system-status'
import {
  type NatsConnection,
  NatsError,
  NatsErrorCode,
  type ServiceStats,
} from '@maestro/service-kit/nats'
import { setTimeout as delay } from 'node:timers/promises'
import type { BusWatch } from './bus-watch.ts'
import { readShared } from './read-shared.ts'

export type SystemReader = {
  isConnected: () => boolean
  /** Copies that say that they are in trouble. */
  troubled: () => Promise<readonly ServiceCopy[]>
  status: () => Promise<SystemStatus>
}

/** Many consoles look at once; what was read is shown to all of them for so long. */
const sharedMs = 2_000
/** A bus that goes away in the middle answers nothing at all. */
const readMsMax = 5_000

export const createSystemReader = ({
  nats,
  bus,
  live,
}: {
  nats: NatsConnection
  bus: BusWatch
  live: () => SystemStatus['live']
}): SystemReader => {
  const services = readShared(sharedMs, () => within(readMsMax, readServices(nats)))
  const read = async (): Promise<SystemStatus> => {
    const version = nats.info?.version ?? ''
    if (!bus.isConnected()) {
      const away = { connected: false, version, roundTripMs: null }
      return { nats: away, services: [], streams: [], live: live() }
    }
    const [roundTripMs, copies, states] = await Promise.all([
      nats.rtt(),
      readServices(nats),
      readStreams(nats),
    ])
    return {
      nats: { connected: true, version, roundTripMs },
      services: copies,
      streams: states,
      live: live(),
    }
  }

  return {
    isConnected: bus.isConnected,
    troubled: async () => (await services()).filter(({ trouble }) => trouble !== null),
    status: readShared(sharedMs, () => within(readMsMax, read())),
  }
}

/** @throws {AppError} `UNAVAILABLE` when the bus does not answer, or not in time. */
const within = async <Result>(timeoutMs: number, work: Promise<Result>): Promise<Result> => {
  const deadline = new AbortController()
  const tooLate = delay(timeoutMs, null, { signal: deadline.signal }).then(() => {
    throw new Error('the bus did not answer in time')
  })
  try {
    return await Promise.race([work, tooLate])
  } catch (cause) {
    throw new AppError('UNAVAILABLE', { reason: 'the bus (NATS) does not answer' }, { cause })
  } finally {
    deadline.abort()
    tooLate.catch(() => undefined)
  }
}

/** Everybody who answers `$SRV.STATS`. */
const readServices = async (nats: NatsConnection): Promise<ServiceCopy[]> => {
  const copies: ServiceCopy[] = []
  try {
    for await (const stats of await nats.services.client().stats()) copies.push(copyOf(stats))
  } catch (error) {
    // The bus says so at once when nobody is there to be asked.
    if (!(error instanceof NatsError) || error.code !== NatsErrorCode.NoResponders) throw error
  }
  return copies.sort((a, b) => `${a.service} ${a.id}`.localeCompare(`${b.service} ${b.id}`))
}

const copyOf = ({ name, id, version, started, metadata, endpoints }: ServiceStats): ServiceCopy => {
  const said = CopyMetadata.safeParse(metadata)
  return {
    service: name,
    copy: said.data?.copy ?? '',
    id,
    version,
    startedAt: started,
    trouble: said.success ? troubleFrom(said.data) : null,
    endpoints: (endpoints ?? []).flatMap((endpoint) => {
      const measured = EndpointStats.safeParse(endpoint.data)
      return measured.success ? [{ name: endpoint.name, ...measured.data }] : []
    }),
  }
}

const readStreams = async (nats: NatsConnection): Promise<StreamState[]> => {
  const manager = await nats.jetstreamManager()
  const standing = new Set<string>()
  for await (const name of manager.streams.names()) standing.add(name)
  // One in memory is gone after a restart of the bus, until somebody needs it.
  const present = Object.values(streams).filter(({ name }) => standing.has(name))
  return Promise.all(
    present.map(async ({ name }) => {
      const { state } = await manager.streams.info(name)
      const consumers = await manager.consumers.list(name).next()
      return {
        name,
        messages: state.messages,
        bytes: state.bytes,
        consumers: consumers.map((consumer) => ({
          name: consumer.name,
          waiting: consumer.num_pending,
          inFlight: consumer.num_ack_pending,
          redelivered: consumer.num_redelivered,
        })),
      }
    }),
  )
}
