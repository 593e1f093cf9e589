import type {
  SuggestionList,
  SuggestionQuery,
} from '@maestro/contracts/budget/suggestion-endpoints'
import { getCallUse } from '@maestro/contracts/llm/call-use-endpoints'
import type { Call } from '@maestro/service-kit/call'
import type { Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { resolvePeriod } from '../costs/resolve-period.ts'
import type { PriceBook } from '../prices/price-book.ts'
import { readBudgetUse } from './read-budget-use.ts'
import { readRefusedAnswers } from './refused-answer-rows.ts'
import { suggestBudgets } from './suggest-budgets.ts'
import { suggestCache } from './suggest-cache.ts'
import { suggestModels } from './suggest-models.ts'
import { suggestPrompts } from './suggest-prompts.ts'

/** No answer in the cache is older, so nothing further apart could have been used again. */
const daysMax = 31
const itemsMax = 50

/** What would save money: by the router's journal of calls, and by what budgets have seen. */
export const createListSuggestions =
  ({ sql, call, prices, now }: { sql: Sql; call: Call; prices: PriceBook; now: () => Date }) =>
  async (query: SuggestionQuery): Promise<SuggestionList> => {
    const at = now()
    const { from, to } = resolvePeriod(query, at, daysMax)
    const [refusedCallIds, budgets] = await Promise.all([
      readRefusedAnswers(sql, { from, to }),
      readBudgetUse(sql, at),
    ]).catch((cause: unknown) => {
      throw asDatabaseOutage(cause)
    })
    const period = { from: from.toISOString(), to: to.toISOString() }
    const use = await call(getCallUse, { ...period, refusedCallIds })
    const prompts = use.prompts.map((prompt) => ({
      ...prompt,
      price: prices.priceAt(prompt.provider, prompt.model, at),
    }))
    const items = [
      ...suggestCache(use.repeated),
      ...suggestModels(use.models),
      ...suggestPrompts(prompts),
      ...suggestBudgets(budgets),
    ]
    return {
      ...period,
      calls: use.calls,
      callsSince: use.since,
      items: items.toSorted((a, b) => b.savingNanoUsd - a.savingNanoUsd).slice(0, itemsMax),
    }
  }
