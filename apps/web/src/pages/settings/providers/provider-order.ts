import type { SystemStrategy } from '@maestro/contracts/llm/call-strategy'
import { ProviderName } from '@maestro/contracts/llm/chat'

/** Those that are asked in their order, then the others. */
export const allInOrder = ({ providers }: SystemStrategy): readonly ProviderName[] => [
  ...providers,
  ...ProviderName.options.filter((name) => !providers.includes(name)),
]

/** One place up or down; at an end it stays where it is. */
export const moveProvider = (
  strategy: SystemStrategy,
  name: ProviderName,
  by: 1 | -1,
): SystemStrategy => {
  const { providers } = strategy
  const from = providers.indexOf(name)
  const to = from + by
  if (from < 0 || to < 0 || to >= providers.length) return strategy
  return { ...strategy, providers: providers.toSpliced(from, 1).toSpliced(to, 0, name) }
}

/** Asked, as the last one, or not asked any more. The only one stays: somebody has to answer. */
export const withProvider = (
  strategy: SystemStrategy,
  name: ProviderName,
  isUsed: boolean,
): SystemStrategy => {
  const others = strategy.providers.filter((other) => other !== name)
  if (!isUsed && others.length === 0) return strategy
  return { ...strategy, providers: isUsed ? [...others, name] : others }
}

export const isSameStrategy = (one: SystemStrategy, other: SystemStrategy): boolean =>
  one.prefer === other.prefer &&
  one.providers.join() === other.providers.join() &&
  JSON.stringify(one.models) === JSON.stringify(other.models)
