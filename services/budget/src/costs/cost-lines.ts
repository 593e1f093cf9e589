import type { CostKey } from '@maestro/contracts/budget/cost-endpoints'
import type { Sql } from '@maestro/service-kit/database'
import type { Period } from './resolve-period.ts'

/**
 * What each line of the ledger adds to the costs of its attempt, at the moment of the reservation: so a
 * cost stands in the same window as the budgets that it counts on, whenever it was booked.
 *
 * An estimate is booked at the model that was asked for, and its correction at the model that answered.
 * The estimate of a corrected attempt moves to where its correction is: no model has a negative cost, and
 * no attempt is counted twice.
 */
export const costLines = (sql: Sql, { from, to }: Period) => sql`
  select provider, model, agent_id, task_id, user_id, purpose, reserved_at,
    settled_nano_usd as cost, settled_tokens as tokens, input_tokens, cached_input_tokens,
    output_tokens, case when kind = 'corrected' then 0 else 1 end as attempts,
    case when kind = 'estimated' then settled_nano_usd else 0 end as estimated
  from ledger
  where kind in ('settled', 'estimated', 'corrected')
    and reserved_at >= ${from} and reserved_at < ${to}
  union all
  select estimate.provider, moved.model, estimate.agent_id, estimate.task_id, estimate.user_id,
    estimate.purpose, estimate.reserved_at, moved.sign * estimate.settled_nano_usd,
    moved.sign * estimate.settled_tokens, 0, 0, 0, moved.attempts, moved.estimated
  from ledger as correction
  join ledger as estimate
    on estimate.attempt_id = correction.attempt_id and estimate.kind = 'estimated'
  cross join lateral (values
    (estimate.model, -1, -1, 0 - estimate.settled_nano_usd),
    -- A correction without usage took the attempt back: it was never sent.
    (correction.model, 1, case when correction.usage is null then 0 else 1 end, 0)
  ) as moved (model, sign, attempts, estimated)
  where correction.kind = 'corrected'
    and correction.reserved_at >= ${from} and correction.reserved_at < ${to}`

/** The value of a key of such a line. */
export const keyColumn = (sql: Sql, key: CostKey, timeZone: string) => {
  switch (key) {
    case 'provider':
      return sql`provider`
    case 'model':
      return sql`model`
    case 'agentId':
      return sql`coalesce(agent_id, '')`
    case 'taskId':
      return sql`task_id`
    case 'userId':
      return sql`user_id`
    case 'purpose':
      return sql`purpose`
    case 'day':
      return sql`(reserved_at at time zone ${timeZone})::date`
    default:
      return key satisfies never
  }
}
