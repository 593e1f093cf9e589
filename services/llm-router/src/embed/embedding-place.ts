import type { ProviderRegistry } from '../provider-registry.ts'
import type { StrategyKeeper } from '../strategy/strategy-keeper.ts'
import { embeddingRegistry } from './embedding-registry.ts'

type Place = { registry: ProviderRegistry; strategy: Pick<StrategyKeeper, 'current'> }

/** The same providers in the same order, asked for vectors: the models that the strategy names are for chats. */
export const embeddingPlace = <Given extends Place>(place: Given): Given => ({
  ...place,
  registry: embeddingRegistry(place.registry),
  strategy: {
    current: () => {
      const version = place.strategy.current()
      return { ...version, strategy: { ...version.strategy, models: {} } }
    },
  },
})
