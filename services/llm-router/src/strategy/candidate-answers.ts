import { listCandidates } from '@maestro/contracts/llm/strategy-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { ProviderGate } from '../call/admit.ts'
import { readListedModels, readOverrides } from '../models/model-rows.ts'
import type { ProviderRegistry } from '../provider-registry.ts'
import { candidatesOf } from './decide-order.ts'
import type { StrategyKeeper } from './strategy-keeper.ts'

/** Who would answer, for whoever wants to know what it would cost. */
export const candidateAnswers = ({
  sql,
  registry,
  conditions,
  strategy,
}: Pick<ProviderGate, 'conditions'> & {
  sql: Sql
  registry: ProviderRegistry
  strategy: Pick<StrategyKeeper, 'current'>
}): readonly Implementation[] => [
  implement(listCandidates, async ({ userId, strategies }) => {
    const [listed, overrides] = await Promise.all([readListedModels(sql), readOverrides(sql)])
    // The owner's word goes before the provider's.
    const contexts = new Map<string, number>(
      [...listed, ...overrides].flatMap(({ provider, model, contextTokensMax }) =>
        contextTokensMax === null ? [] : [[`${provider} ${model}`, contextTokensMax]],
      ),
    )
    const known = {
      system: strategy.current(),
      entries: registry.entries(userId),
      conditionOf: conditions.of,
    }
    return {
      items: strategies.map((wish) =>
        candidatesOf({ providers: [], model: null, strategy: wish }, known)
          // One that is off for a while may answer when the task runs; one without a model cannot.
          .filter(({ model }) => model !== 'none')
          .map(({ provider, model }) => ({
            provider,
            model,
            contextTokensMax: contexts.get(`${provider} ${model}`) ?? null,
          })),
      ),
    }
  }),
]
