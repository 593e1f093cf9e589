import { z } from 'zod'
import { endpoint, type ServiceName } from '../endpoint.ts'
import { CloudEvent } from './cloud-event.ts'
import type { FactKind } from './subjects.ts'

/** Facts of one answer: at some hundred bytes each they fit a message. */
export const factsPerReadMax = 500

/** Whose outbox has the facts of a kind: who has lost its history reads them there. A kind without one is told by nobody. */
const outboxes = {
  budget: 'budget',
  provider: 'llm-router',
  queue: 'scheduler',
} as const satisfies Partial<Record<FactKind, ServiceName>>

/** Kinds that may be told: all of them can be read again from an outbox. */
export type ToldFactKind = keyof typeof outboxes
export type FactService = (typeof outboxes)[ToldFactKind]
export const factServices: readonly FactService[] = Object.values(outboxes)

const listFactsOf = (service: FactService) =>
  endpoint({
    service,
    name: 'listFacts',
    summary:
      'The facts of this service’s outbox, by subject and number, also those that were published: whoever has lost them and whose stream has too reads them here.',
    input: z.object({
      /** What the answer before said; null: from the first one on. */
      cursor: z
        .object({ subject: z.string().min(1).max(300), seq: z.int().nonnegative() })
        .nullable(),
      limit: z.int().min(1).max(factsPerReadMax),
    }),
    output: z.object({
      events: z.array(CloudEvent),
      nextCursor: z.object({ subject: z.string(), seq: z.int() }).nullable(),
    }),
    errors: [],
    timeoutMs: 10_000,
  })

export const listBudgetFacts = listFactsOf('budget')
export const listRouterFacts = listFactsOf('llm-router')
export const listSchedulerFacts = listFactsOf('scheduler')

export const listFacts = {
  budget: listBudgetFacts,
  'llm-router': listRouterFacts,
  scheduler: listSchedulerFacts,
} as const satisfies Record<FactService, unknown>
