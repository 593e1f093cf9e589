import type { CallWork } from '@maestro/contracts/llm/call-work'
import type { ResolvedMessage } from '../call/resolve-messages.ts'
import type { ProviderRegistry } from '../provider-registry.ts'
import { candidatesOf } from '../strategy/decide-order.ts'
import type { StrategyKeeper } from '../strategy/strategy-keeper.ts'
import type { AnswerCache } from './answer-cache.ts'
import { requestKey } from './request-key.ts'

export type KeyPlace = {
  registry: Pick<ProviderRegistry, 'entries'>
  cache: Pick<AnswerCache, 'scope'>
  strategy: Pick<StrategyKeeper, 'current'>
}

/** The key of a request as the system is configured now. */
export const keyOfRequest = (
  { registry, cache, strategy }: KeyPlace,
  work: CallWork,
  messages: readonly ResolvedMessage[],
): string => {
  const candidates = candidatesOf(work, {
    system: strategy.current(),
    entries: registry.entries(work.userId),
    // What is asked does not depend on who is well at this moment.
    conditionOf: () => ({ state: 'ready' }),
  }).filter(({ condition }) => condition.state === 'ready')
  return requestKey({ work, messages, candidates, scope: cache.scope })
}
