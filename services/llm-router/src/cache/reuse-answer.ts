import type { CallWork } from '@maestro/contracts/llm/call-work'
import type { NatsConnection } from '@maestro/service-kit/nats'
import type { CallEnd, CallLedger } from '../call/call-ledger.ts'
import { fetchMessages } from '../call/fetch-messages.ts'
import type { ReadText, ResolvedMessage } from '../call/resolve-messages.ts'
import type { OpenCall } from '../journal/call-record.ts'
import { openLiveText } from '../live/live-publisher.ts'
import type { ProviderRegistry } from '../provider-registry.ts'
import type { StrategyKeeper } from '../strategy/strategy-keeper.ts'
import type { AnswerCache } from './answer-cache.ts'
import { keyOfRequest } from './key-of-request.ts'

export type ReusePlace = {
  nats: NatsConnection
  registry: ProviderRegistry
  readText: ReadText
  cache: AnswerCache
  strategy: Pick<StrategyKeeper, 'current'>
}

/**
 * Ends a call with the answer to the same request, if there is one that may be used. Otherwise the
 * call is made, with the messages that were fetched for the look; null where they could not be.
 */
export const reuseAnswer = async (
  { nats, registry, readText, cache, strategy }: ReusePlace,
  {
    work,
    open: { startedAt },
    ledger,
    signal,
  }: { work: CallWork; open: OpenCall; ledger: CallLedger; signal: AbortSignal },
): Promise<{ end: CallEnd | null; messages: readonly ResolvedMessage[] | null }> => {
  const fetched = await fetchMessages(work, { readText, signal })
  if (fetched.kind !== 'fetched' || work.cache === undefined) return { end: null, messages: null }
  const { messages } = fetched
  const key = keyOfRequest({ registry, cache, strategy }, work, messages)
  const { maxAgeMs } = work.cache
  const reused = await cache.find({ work, key, startedAt, maxAgeMs, signal })
  if (reused === null || signal.aborted) return { end: null, messages }
  openLiveText({ nats, work, attempt: ledger.nextNumber() }).finish(reused.answer.text)
  return { end: await ledger.reuse(reused), messages }
}
