import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { ServiceName } from '@maestro/contracts/endpoint'

/** A line of the outbox. */
export type FactRow = {
  subject: string
  seq: number
  type: string
  data: Record<string, unknown>
  at: Date
  traceparent: string | null
}

/** A fact as it is published, and as whoever missed it reads it. */
export const toFactEvent = (service: ServiceName, row: FactRow): CloudEvent => ({
  specversion: '1.0',
  id: `${row.subject}:${row.seq}`,
  source: `/maestro/${service}`,
  type: `maestro.${row.type}`,
  subject: row.subject,
  time: row.at.toISOString(),
  datacontenttype: 'application/json',
  data: row.data,
  seq: row.seq,
  ...(row.traceparent === null ? {} : { traceparent: row.traceparent }),
})
