import type { ListingProvider, ModelOverride } from '@maestro/contracts/llm/model-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import type { ListedModel } from './listed-model.ts'
import type { ModelBounds } from './model-bounds.ts'

export type ModelRow = Omit<ListedModel, 'price'> & { provider: ListingProvider; listedAt: Date }

export const readListedModels = (sql: Sql): Promise<ModelRow[]> =>
  sql<ModelRow[]>`
    select provider, model, context_tokens_max as "contextTokensMax",
      output_tokens_max as "outputTokensMax", can_chat as "canChat", listed_at as "listedAt"
    from listed_models order by provider, model`

/** The list of one provider takes the place of the one before. */
export const replaceListedModels = (
  sql: Sql,
  provider: ListingProvider,
  models: readonly ListedModel[],
): Promise<void> =>
  sql.begin(async (transaction) => {
    await transaction`delete from listed_models where provider = ${provider}`
    await transaction`
      insert into listed_models
        (provider, model, context_tokens_max, output_tokens_max, can_chat, listed_at)
      select ${provider}, model, context, output, can_chat::bool, now() from unnest(
        ${models.map(({ model }) => model)}::text[],
        ${models.map(({ contextTokensMax }) => contextTokensMax)}::int[],
        ${models.map(({ outputTokensMax }) => outputTokensMax)}::int[],
        ${models.map(({ canChat }) => String(canChat))}::text[]
      ) as listed (model, context, output, can_chat)
      on conflict (provider, model) do nothing`
  })

export const readOverrides = (sql: Sql): Promise<ModelOverride[]> =>
  sql<ModelOverride[]>`
    select provider, model, context_tokens_max as "contextTokensMax",
      output_tokens_max as "outputTokensMax", is_default as "isDefault"
    from model_overrides order by provider, model`

/** The owner's word before the provider's, of models of which either says anything. */
export const readBounds = (
  sql: Sql,
): Promise<(ModelBounds & { provider: ListingProvider; model: string })[]> =>
  sql`
    select provider, model,
      coalesce(said.context_tokens_max, listed.context_tokens_max) as "contextTokensMax",
      coalesce(said.output_tokens_max, listed.output_tokens_max) as "outputTokensMax"
    from listed_models as listed full join model_overrides as said using (provider, model)
    where coalesce(said.context_tokens_max, listed.context_tokens_max,
      said.output_tokens_max, listed.output_tokens_max) is not null`

/** One default per provider: a new one takes the place of the old one. */
export const putOverride = (sql: Sql, override: ModelOverride): Promise<void> =>
  sql.begin(async (transaction) => {
    const { provider, model, contextTokensMax, outputTokensMax, isDefault } = override
    if (isDefault)
      await transaction`
        update model_overrides set is_default = false where provider = ${provider} and is_default`
    await transaction`
      insert into model_overrides
        (provider, model, context_tokens_max, output_tokens_max, is_default)
      values (${provider}, ${model}, ${contextTokensMax}, ${outputTokensMax}, ${isDefault})
      on conflict (provider, model) do update set
        context_tokens_max = excluded.context_tokens_max,
        output_tokens_max = excluded.output_tokens_max, is_default = excluded.is_default`
  })

/** @returns whether it is this worker's turn: nobody has asked for so long. */
export const claimRefresh = async (
  sql: Sql,
  provider: ListingProvider,
  everyMs: number,
): Promise<boolean> => {
  const claimed = await sql`
    insert into model_refreshes as refresh (provider, asked_at) values (${provider}, now())
    on conflict (provider) do update set asked_at = now()
    where refresh.asked_at < now() - ${everyMs} * interval '1 ms'`
  return claimed.count > 0
}
