import type { CallUse, getCallUse } from '@maestro/contracts/llm/call-use-endpoints'
import type { FailureClass } from '@maestro/contracts/llm/call-facts'
import type { Sql } from '@maestro/service-kit/database'
import type { z } from 'zod'

/** Calls that are looked at: some hundred tasks, read within a second. */
const callsMax = 20_000
/** What is worth saying is at the top. */
const groupsMax = 20
/** Examples of a group. */
const examplesMax = 5

/** What an attempt came to says nothing about its model when its caller, or we, ended it. */
const notTheModels: readonly FailureClass[] = [
  'cancelled',
  'deadline',
  'budget',
  'no_provider',
  'internal',
  'auth',
  'too_large',
]

type Row = { calls: number; since: Date | null } & Pick<CallUse, 'repeated' | 'prompts' | 'models'>

/** What repeats, and how models do, in the newest calls of a period. */
export const readCallUse = async (
  sql: Sql,
  { from, to, refusedCallIds }: z.infer<typeof getCallUse.input>,
): Promise<CallUse> => {
  const [row] = await sql<Row[]>`
    with recent as materialized (
      select call_id, task_id, step_id, purpose, started_at, state, attempts, facts,
        facts->>'provider' as provider, facts->>'model' as model,
        coalesce((facts->>'costNanoUsd')::bigint, 0) as cost, facts->'asked' as asked
      from calls where started_at >= ${from}::timestamptz and started_at < ${to}::timestamptz
      order by started_at desc limit ${callsMax}
    ), bought as (
      select *, asked->>'requestKey' as request_key from recent
      where state = 'answered' and asked is not null and facts->'cached' is null
    ), placed as (
      -- A further attempt at a step asks the same again because it wants another answer.
      select distinct on (request_key, task_id, coalesce(step_id, call_id)) *
      from bought order by request_key, task_id, coalesce(step_id, call_id), started_at
    ), repeated as (
      select min(purpose) as purpose, (array_agg(provider order by started_at))[1] as provider,
        (array_agg(model order by started_at))[1] as model, count(*) as calls,
        sum(cost) as "costNanoUsd", (array_agg(cost order by started_at))[1] as "firstCostNanoUsd",
        (array_agg(call_id order by started_at desc))[1:${examplesMax}::int] as "callIds",
        (array_agg(distinct task_id))[1:${examplesMax}::int] as "taskIds"
      from placed group by request_key having count(*) > 1
      order by sum(cost) - (array_agg(cost order by started_at))[1] desc, min(call_id)
      limit ${groupsMax}
    ), prompts as (
      select min(purpose) as purpose, provider, model, count(*) as calls,
        max((asked->>'promptBytes')::bigint) as "promptBytes",
        sum((asked->>'inputBytes')::bigint) as "inputBytes",
        sum((facts->'usage'->>'inputTokens')::bigint) as "inputTokens",
        sum((facts->'usage'->>'cachedInputTokens')::bigint) as "cachedInputTokens",
        (array_agg(call_id order by started_at desc))[1:${examplesMax}::int] as "callIds",
        (array_agg(distinct task_id))[1:${examplesMax}::int] as "taskIds"
      from bought group by asked->>'promptKey', provider, model having count(*) > 1
      order by count(*) * max((asked->>'promptBytes')::bigint) desc, min(call_id)
      limit ${groupsMax}
    ), tried as (
      select purpose, call_id, attempt->>'provider' as provider, attempt->>'model' as model,
        attempt->>'outcome' as outcome, (attempt->>'costNanoUsd')::bigint as cost
      from recent cross join lateral jsonb_array_elements(attempts) as attempt
      where attempt->>'outcome' in ('answered', 'failed')
        and not coalesce(attempt->>'failureClass' = any(${notTheModels}::text[]), false)
    ), models as (
      select purpose, provider, model, count(*) filter (where outcome = 'answered') as answered,
        count(*) filter (where outcome = 'answered'
          and call_id = any(${refusedCallIds}::text[])) as refused,
        count(*) filter (where outcome = 'failed') as failed, sum(cost) as "costNanoUsd"
      from tried group by purpose, provider, model
    )
    select (select count(*) from recent) as calls, (select min(started_at) from recent) as since,
      coalesce((select json_agg(repeated) from repeated), '[]') as repeated,
      coalesce((select json_agg(prompts) from prompts), '[]') as prompts,
      coalesce((select json_agg(models) from models), '[]') as models`
  if (row === undefined) throw new Error('there is no answer')
  return { ...row, since: row.since?.toISOString() ?? null }
}
