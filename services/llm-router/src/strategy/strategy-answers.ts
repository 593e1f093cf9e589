import { getStrategy, setStrategy } from '@maestro/contracts/llm/strategy-endpoints'
import { implement, type Implementation } from '@maestro/service-kit/serve'
import type { StrategyKeeper } from './strategy-keeper.ts'

/** The system's strategy, for people. */
export const strategyAnswers = ({
  keeper,
}: {
  keeper: StrategyKeeper
}): readonly Implementation[] => [
  implement(getStrategy, () => keeper.newest()),
  implement(setStrategy, (input, { actor }) => keeper.set({ ...input, author: actor })),
]
