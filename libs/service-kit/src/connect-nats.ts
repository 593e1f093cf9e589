import { connect, type NatsConnection } from './nats.ts'
import { keepOneSocket } from './one-socket.ts'
import { sendByTurns } from './send-by-turns.ts'

const versionMin = [2, 10] as const

export type NatsAddress = {
  NATS_URL: string
  NATS_USER?: string | undefined
  NATS_PASSWORD?: string | undefined
  NATS_INBOX_PREFIX?: string | undefined
}

/**
 * Connects and stays connected: a lost server is tried again for as long as the process lives.
 * @throws {Error} when the server is older than 2.10 (older ones ignore settings silently).
 */
export const connectNats = async (address: NatsAddress, name: string): Promise<NatsConnection> => {
  const nats = await connect({
    servers: address.NATS_URL.split(','),
    name,
    ...(address.NATS_USER === undefined
      ? {}
      : { user: address.NATS_USER, pass: address.NATS_PASSWORD ?? '' }),
    ...(address.NATS_INBOX_PREFIX === undefined ? {} : { inboxPrefix: address.NATS_INBOX_PREFIX }),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 200,
    reconnectJitter: 100,
    waitOnFirstConnect: true,
    // Two missed pings of five seconds: a server that hangs is left within ten.
    pingInterval: 5_000,
    maxPingOut: 2,
    // One that accepts a connection and says nothing on it is asked anew.
    timeout: 5_000,
    ignoreAuthErrorAbort: true,
    // A stack trace taken at every request, in case it fails, costs a quarter of the orchestrator's time.
    noAsyncTraces: true,
  })
  sendByTurns(nats)
  keepOneSocket(nats)
  const version = nats.info?.version ?? '0'
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major < versionMin[0] || (major === versionMin[0] && minor < versionMin[1])) {
    await nats.close()
    throw new Error(
      `nats-server ${version} is too old: Maestro needs 2.10 or newer. Upgrade it or point NATS_URL to a newer one.`,
    )
  }
  return nats
}
