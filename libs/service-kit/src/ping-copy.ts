import { type NatsConnection, RequestStrategy } from './nats.ts'

/** Whether this very copy of a service answers on the bus; another copy that answers says nothing about it. */
export const pingCopy = async ({
  nats,
  service,
  copy,
  waitMs,
}: {
  nats: NatsConnection
  service: string
  copy: string
  waitMs: number
}): Promise<boolean> => {
  const client = nats.services.client({ strategy: RequestStrategy.Timer, maxWait: waitMs })
  for await (const { metadata } of await client.ping(service)) {
    if (metadata?.['copy'] === copy) return true
  }
  return false
}
