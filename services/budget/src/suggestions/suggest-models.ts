import type { Suggestion } from '@maestro/contracts/budget/suggestion-endpoints'
import type { CallUse } from '@maestro/contracts/llm/call-use-endpoints'
import { nanoUsd, nanoUsdToText } from '@maestro/contracts/money/nano-usd'
import { targetOf } from './suggestion-target.ts'

/** Of each of the two: below it, as many successes are chance. */
const triesMin = 30
/** Who is hardly cheaper is not worth the change. */
const cheaperAtLeast = 0.9

type ModelUse = CallUse['models'][number]

const triesOf = ({ answered, failed }: ModelUse) => answered + failed
const usedOf = ({ answered, refused }: ModelUse) => answered - refused
const successOf = (use: ModelUse) => usedOf(use) / triesOf(use)
/** What an answer that could be used cost, with all that was tried for it. */
const priceOf = (use: ModelUse) => use.costNanoUsd / usedOf(use)

const percent = (share: number) => `${Math.floor(share * 1_000) / 10} %`
const usd = (amount: number) => `$${nanoUsdToText(nanoUsd(Math.round(amount)))}`
const said = (use: ModelUse) =>
  `${use.model}: ${usedOf(use)} of ${triesOf(use)} tries gave an answer that was used (${percent(successOf(use))}), each for ${usd(priceOf(use))}`

/** For the same operation: a model that costs less and fails no more often, with enough tries of both. */
export const suggestModels = (models: CallUse['models']): Suggestion[] => {
  const known = models.filter(
    (use) => use.provider !== 'rehearsal' && triesOf(use) >= triesMin && usedOf(use) > 0,
  )
  return known.flatMap((dear) => {
    const [cheap] = known
      .filter(
        (use) =>
          use.purpose === dear.purpose &&
          successOf(use) >= successOf(dear) &&
          priceOf(use) < priceOf(dear) * cheaperAtLeast,
      )
      .toSorted((a, b) => priceOf(a) - priceOf(b))
    if (cheap === undefined) return []
    const { purpose, provider, model } = dear
    return {
      kind: 'model',
      what: `Ask ${cheap.model} of ${cheap.provider} for ${purpose} in place of ${model} of ${provider}.`,
      why: `${said(dear)}. ${said(cheap)}.`,
      savingNanoUsd: nanoUsd(Math.round((priceOf(dear) - priceOf(cheap)) * usedOf(dear))),
      how: `The difference for each of the ${usedOf(dear)} answers of ${model}, by what both really cost. Their questions were alike, not the same.`,
      target: targetOf({ purpose, provider, model }),
    }
  })
}
