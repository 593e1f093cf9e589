import { createHash } from 'node:crypto'
import type { AskedRequest } from '@maestro/contracts/task/asked-request'
import { canonical, type Json } from '@maestro/task-model/approval/digest-of'
import type { CallRequest } from './call-request.ts'
import type { CallTerms } from './call-terms.ts'

const digestOf = (part: unknown): string =>
  createHash('sha256')
    .update(canonical(JSON.parse(JSON.stringify(part)) as Json))
    .digest('hex')
    .slice(0, 16)

/** What is written down of a request beside its answer. */
export const askedRequest = (
  seq: number,
  { messages, tools, outputSchema, outputTokensMax }: CallRequest,
  terms: CallTerms,
): AskedRequest => ({
  seq,
  system: digestOf(messages.filter(({ role }) => role === 'system')),
  messages: digestOf(messages.filter(({ role }) => role !== 'system')),
  tools: digestOf(tools),
  answer: digestOf({ outputSchema, outputTokensMax }),
  terms: digestOf(terms),
})
