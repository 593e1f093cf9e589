import { type NatsConnection, NatsEvents } from '@maestro/service-kit/nats'

/** Whether the bus is there, and who wants to know when it comes back. */
export type BusWatch = {
  isConnected: () => boolean
  /** Both are called in order of registration, with no overlap. */
  onLost: (listener: () => void) => void
  onBack: (listener: () => void) => void
}

export const createBusWatch = ({ nats }: { nats: NatsConnection }): BusWatch => {
  let connected = !nats.isClosed()
  const lost: (() => void)[] = []
  const back: (() => void)[] = []

  const watch = async () => {
    for await (const { type } of nats.status()) {
      if (type === NatsEvents.Disconnect) {
        connected = false
        for (const listener of lost) listener()
      } else if (type === NatsEvents.Reconnect) {
        connected = true
        for (const listener of back) listener()
      }
    }
    connected = false
  }
  void watch()

  return {
    isConnected: () => connected && !nats.isClosed(),
    onLost: (listener) => void lost.push(listener),
    onBack: (listener) => void back.push(listener),
  }
}
