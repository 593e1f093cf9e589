import { type FactService, factsPerReadMax, listFacts } from '@maestro/contracts/bus/fact-endpoints'
import type { CloudEvent } from '@maestro/contracts/bus/cloud-event'
import type { Call } from '@maestro/service-kit/call'
import type { Logger } from '@maestro/service-kit/logger'
import { createOutageLog } from '@maestro/service-kit/outage-log'
import { startLoop } from '@maestro/service-kit/start-loop'
import type { HistoryStore } from './history-store.ts'
import type { Marks } from './marks.ts'

const tryAgainMs = 2_000

/**
 * Reads the outbox of a service, once in the life of a database: a stream that was lost has none of
 * what was published before. What comes by the stream as well is written once all the same.
 */
export const startFillingFromFacts = ({
  service,
  marks,
  call,
  history,
  log,
}: {
  service: FactService
  marks: Marks
  call: Call
  history: Pick<HistoryStore, 'write'>
  log: Logger
}): { stop: () => Promise<void> } => {
  const outage = createOutageLog({
    log,
    away: 'facts wait to be read from their outbox',
    back: 'facts are read from their outbox again',
    fields: { from: service },
  })

  const fill = async (isStopped: () => boolean) => {
    let facts = 0
    for (let cursor: Cursor = null; !isStopped();) {
      const page: Page = await call(listFacts[service], { cursor, limit: factsPerReadMax })
      await history.write(page.events)
      facts += page.events.length
      cursor = page.nextCursor
      if (cursor !== null) continue
      await marks.set(`facts-${service}`)
      log.info({ facts, from: service }, 'the history was filled from an outbox')
      return
    }
  }

  const fillOnce = async (isStopped: () => boolean): Promise<'done'> => {
    if (!(await marks.has(`facts-${service}`))) await fill(isStopped)
    return 'done'
  }
  return startLoop({ work: fillOnce, restMs: tryAgainMs, outage })
}

type Cursor = { subject: string; seq: number } | null
type Page = { events: readonly CloudEvent[]; nextCursor: Cursor }
