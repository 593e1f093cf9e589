import { ProviderName } from '@maestro/contracts/llm/chat'

/** Those that are asked, the first one first. */
export type ProviderOrder = readonly ProviderName[]

/** Those that are asked in their order, then the others. */
export const allInOrder = (order: ProviderOrder): ProviderOrder => [
  ...order,
  ...ProviderName.options.filter((name) => !order.includes(name)),
]

/** One place up or down; at an end it stays where it is. */
export const moveProvider = (
  order: ProviderOrder,
  name: ProviderName,
  by: 1 | -1,
): ProviderOrder => {
  const from = order.indexOf(name)
  const to = from + by
  if (from < 0 || to < 0 || to >= order.length) return order
  return order.toSpliced(from, 1).toSpliced(to, 0, name)
}

/** Asked, as the last one, or not asked any more. The only one stays: somebody has to answer. */
export const withProvider = (
  order: ProviderOrder,
  name: ProviderName,
  isUsed: boolean,
): ProviderOrder => {
  const others = order.filter((other) => other !== name)
  if (isUsed) return [...others, name]
  return others.length === 0 ? order : others
}
