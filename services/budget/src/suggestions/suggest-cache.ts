import type { Suggestion } from '@maestro/contracts/budget/suggestion-endpoints'
import type { CallUse } from '@maestro/contracts/llm/call-use-endpoints'
import { nanoUsd, nanoUsdToText } from '@maestro/contracts/money/nano-usd'
import { targetOf } from './suggestion-target.ts'

/** What was bought more than once could have been bought once. */
export const suggestCache = (repeated: CallUse['repeated']): Suggestion[] =>
  repeated.flatMap(
    ({ purpose, provider, model, calls, costNanoUsd, firstCostNanoUsd, ...seen }) => {
      const savingNanoUsd = nanoUsd(costNanoUsd - firstCostNanoUsd)
      if (savingNanoUsd <= 0) return []
      return {
        kind: 'cache',
        what: 'Let these tasks use answers again: options.cache.maxAgeMs.',
        why: `The very same request (${purpose}) was asked in ${calls} places, each time anew: $${nanoUsdToText(costNanoUsd)} together.`,
        savingNanoUsd,
        how: `What all of them cost, less what the first one cost ($${nanoUsdToText(firstCostNanoUsd)}); further attempts at a step are not counted.`,
        target: targetOf({ purpose, provider, model, ...seen }),
      }
    },
  )
