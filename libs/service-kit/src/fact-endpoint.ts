import { type FactService, listFacts } from '@maestro/contracts/bus/fact-endpoints'
import type { Sql } from './database.ts'
import { type FactRow, toFactEvent } from './fact-event.ts'
import { implement, type Implementation } from './serve.ts'

/** Serves the outbox of a service, so that what has lost its facts can be filled again. */
export const factEndpoint = (service: FactService, sql: Sql): Implementation =>
  implement(listFacts[service], async ({ cursor, limit }) => {
    const rows = await sql<FactRow[]>`
      select subject, seq, type, data, at, traceparent from facts
      where (subject, seq) > (${cursor?.subject ?? ''}::text, ${cursor?.seq ?? 0}::int)
      order by subject, seq limit ${limit}`
    const last = rows.length < limit ? undefined : rows.at(-1)
    return {
      events: rows.map((row) => toFactEvent(service, row)),
      nextCursor: last === undefined ? null : { subject: last.subject, seq: last.seq },
    }
  })
