import type { catalogueRoutes } from '@maestro/contracts/gateway/routes/catalogue-routes'
import type { ModelHealth } from '@maestro/contracts/llm/model-health'
import type { z } from 'zod'
import type { HistoryAnalytics } from '../../api/analytics.ts'

type Provider = z.output<typeof catalogueRoutes.listProviders.answer>['items'][number]
type Figures = HistoryAnalytics['models'][number]

export type ModelLine = {
  /** Null: nobody was asked in the end. */
  readonly provider: string | null
  readonly model: string | null
  /** As the router sees it now; null: it was not asked lately. */
  readonly now: Pick<ModelHealth, 'state' | 'reason' | 'until'> | null
  /** Null: no call in this time. */
  readonly figures: Figures | null
}

/** How much somebody can do with it: of a model with several keys the best one tells. */
const ranks: readonly ModelHealth['state'][] = [
  'ready',
  'trial',
  'busy',
  'cooling',
  'broken',
  'off',
]

/** Each model that was asked in this time or is known to the router now, in the order of the providers. */
export const modelLines = (
  providers: readonly Provider[],
  asked: readonly Figures[],
): readonly ModelLine[] => {
  const known = providers.flatMap(({ provider, models }) =>
    [...new Set(models.map(({ model }) => model))].map((model) => ({
      provider,
      model,
      now:
        models
          .filter((one) => one.model === model)
          .toSorted((one, other) => ranks.indexOf(one.state) - ranks.indexOf(other.state))[0] ??
        null,
    })),
  )
  const same = (one: { provider: string | null; model: string | null }) => (other: typeof one) =>
    one.provider === other.provider && one.model === other.model
  const order = (name: string | null) => {
    const place = providers.findIndex(({ provider }) => provider === name)
    return place === -1 ? providers.length : place
  }
  return [
    ...known.map((line) => ({ ...line, figures: asked.find(same(line)) ?? null })),
    ...asked
      .filter((figures) => !known.some(same(figures)))
      .map((figures) => ({
        provider: figures.provider,
        model: figures.model,
        now: null,
        figures,
      })),
  ].toSorted((one, other) => order(one.provider) - order(other.provider))
}
