import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { CloudEvent } from './cloud-event.ts'

/** Facts of one answer: at some hundred bytes each they fit a message. */
export const factsPerReadMax = 500

/** Services whose outbox has facts of other things than tasks. */
export const factServices = ['budget', 'llm-router', 'scheduler'] as const
export type FactService = (typeof factServices)[number]

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
