import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { TaskId } from '@maestro/contracts/ids'
import { connectDatabase, migrateDatabase } from '@maestro/service-kit/database'
import { createTestDatabase } from '@maestro/testkit/infrastructure/test-database'
import { expect, test } from 'vitest'
import { createBudgetViews } from './budgets/budget-views.ts'

const at = new Date('2026-11-22T14:00:00Z')

const folder = fileURLToPath(new URL('../drizzle', import.meta.url))
const first = readFileSync(`${folder}/0000_first.sql`, 'utf8').split('--> statement-breakpoint')
const journal = JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8')) as {
  entries: { when: number }[]
}

test('books that an older version kept add up in this one', async () => {
  const database = await createTestDatabase()
  const sql = connectDatabase(database.url)
  try {
    for (const statement of first) await sql.unsafe(statement)
    await sql`create schema drizzle`
    await sql`
      create table drizzle.__drizzle_migrations (
        id serial primary key, hash text not null, created_at bigint)`
    await sql`
      insert into drizzle.__drizzle_migrations (hash, created_at)
      values ('first', ${journal.entries[0]?.when ?? 0})`
    await sql`
      insert into reservations (attempt_id, call_id, task_id, provider, model, rate, held_nano_usd,
        level_ids, state, cost_nano_usd, overrun_nano_usd, reserved_at, expires_at)
      values
        ('call_1_draft_2_plan-observer_1.1', 'call_1_draft_2_plan-observer_1', 'task_1', 'groq', 'm',
          '{}', 900, '{global}', 'settled', 400, 0, '2026-11-22T12:00:00Z', '2026-11-22T12:01:00Z'),
        ('call_1_draft_1_2.1', 'call_1_draft_1_2', 'task_1', 'groq', 'm',
          '{}', 700, '{global}', 'held', 0, 0, '2026-11-22T13:00:00Z', '2026-11-22T13:01:00Z')`
    await sql`
      insert into budgets (id, scope, period, time_zone, limit_nano_usd)
      values ('global', 'global', 'monthly', 'UTC', 5000), ('task_1', 'task', 'once', 'UTC', 3000)`
    await sql`
      insert into levels (level_id, budget_id, period, window_start, window_end, settled_nano_usd,
        reserved_nano_usd, alerted_percent, limit_told)
      values ('global/monthly/2026-11-01T00:00:00.000Z', 'global', 'monthly', '2026-11-01T00:00:00Z',
          '2026-12-01T00:00:00Z', 400, 700, 0, false),
        ('task_1/once/1970-01-01T00:00:00.000Z', 'task_1', 'once', '1970-01-01T00:00:00Z', null,
          0, 700, 0, false)`
    await sql`
      insert into ledger (booked_at, attempt_id, call_id, task_id, purpose, provider, model, kind,
        amount_nano_usd, overrun_nano_usd, usage, priced_as_answered)
      values (now(), 'call_1_draft_2_plan-observer_1.1', 'call_1_draft_2_plan-observer_1', 'task_1',
        'judge-plan', 'groq', 'm', 'settled', 400, 0, '{"inputTokens":30,"outputTokens":12}', true)`
    await migrateDatabase(database.url, folder)
    const [sum] = await sql`
      select sum(settled_nano_usd)::bigint as settled, sum(reserved_nano_usd)::bigint as reserved,
        sum(free_nano_usd)::bigint as free, sum(settled_tokens)::bigint as tokens from ledger`
    expect(sum).toEqual({ settled: 400, reserved: 700, free: -1_100, tokens: 42 })
    const levels = await createBudgetViews({ sql, now: () => at }).over(TaskId.parse('task_1'))
    expect(levels).toMatchObject([
      { budgetId: 'global', unit: 'nano-usd', limit: 5_000, settled: 400, reserved: 700 },
      {
        budgetId: 'task_1',
        scope: 'task',
        id: 'task_1',
        limit: 3_000,
        settled: 400,
        reserved: 700,
      },
    ])
    const purposes = await sql`
      select purpose, user_id as "userId", cost_tokens as tokens from reservations order by reserved_at`
    expect(purposes).toEqual([
      { purpose: 'judge-plan', userId: 'owner', tokens: 42 },
      { purpose: 'step', userId: 'owner', tokens: 0 },
    ])
  } finally {
    await sql.end({ timeout: 5 })
    await database.drop()
  }
})
