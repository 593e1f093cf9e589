import type { Suggestion } from '@maestro/contracts/budget/suggestion-endpoints'

/** Where to look: what is named, and nothing else. */
export const targetOf = (named: Partial<Suggestion['target']>): Suggestion['target'] => ({
  purpose: null,
  provider: null,
  model: null,
  budgetId: null,
  callIds: [],
  taskIds: [],
  ...named,
})
