import type { CallFigures } from '@maestro/contracts/timeline/analytics-endpoints'
import { noMoney } from '@maestro/contracts/money/nano-usd'
import type { Fragment, Sql } from '@maestro/service-kit/database'

/** Sums of the rows of `calls`, under the names of `CallFigures`. */
export const callSums = (sql: Sql): Fragment => sql`
  count(*)::int as calls, count(*) filter (where outcome = 'failed')::int as failed,
  count(*) filter (where reused)::int as reused, coalesce(sum(retries), 0)::int as retries,
  coalesce(sum(fallbacks), 0)::int as fallbacks, coalesce(sum(lost), 0)::int as lost,
  coalesce(sum(input_tokens), 0)::bigint as "inputTokens",
  coalesce(sum(output_tokens), 0)::bigint as "outputTokens",
  coalesce(sum(cost_nano_usd), 0)::bigint as "costNanoUsd",
  coalesce(sum(latency_ms), 0)::bigint as "latencyMs"`

export const noCalls: CallFigures = {
  calls: 0,
  failed: 0,
  reused: 0,
  retries: 0,
  fallbacks: 0,
  lost: 0,
  inputTokens: 0,
  outputTokens: 0,
  costNanoUsd: noMoney,
  latencyMs: 0,
}

export type AgentRow = CallFigures & { agent: string | null }
export type ModelRow = CallFigures & { provider: string | null; model: string | null }

/** Of the calls within these bounds: by whom they were asked and by whom answered, the dearest first. */
export const figuresByWhom = async (
  sql: Sql,
  bounds: Fragment,
  limit: number,
): Promise<{ agents: AgentRow[]; models: ModelRow[] }> => {
  const sums = callSums(sql)
  const [agents, models] = await Promise.all([
    sql<AgentRow[]>`
      select agent, ${sums} from calls where ${bounds} group by agent
      order by sum(cost_nano_usd) desc, count(*) desc, agent limit ${limit}`,
    sql<ModelRow[]>`
      select provider, model, ${sums} from calls where ${bounds} group by provider, model
      order by sum(cost_nano_usd) desc, count(*) desc, provider, model limit ${limit}`,
  ])
  return { agents: [...agents], models: [...models] }
}
