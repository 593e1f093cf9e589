import type { BudgetId, BudgetLevel } from '@maestro/contracts/budget/budget'
import { BudgetScope } from '@maestro/contracts/budget/budget-refusal'
import type { Projection } from '@maestro/contracts/budget/limit-endpoints'
import { AppError } from '@maestro/contracts/errors'
import type { TaskId } from '@maestro/contracts/ids'
import type { Sql } from '@maestro/service-kit/database'
import { asDatabaseOutage } from '@maestro/service-kit/database-outage'
import { budgetColumns, readBudget } from './budget-rows.ts'
import { levelIdOf, levelOf, toBudgetLevel } from './level.ts'
import { inScope, readCounts } from './level-rows.ts'
import { lookbackMs, project } from './project.ts'
import type { StoredBudget } from './stored-budget.ts'
import { windowAt } from './window.ts'

export type BudgetViews = {
  /** The global budgets, then a task's. */
  over: (taskId: TaskId | null) => Promise<readonly BudgetLevel[]>
  list: (page: {
    scope: BudgetScope | null
    id: string | null
    after: string | null
    limit: number
  }) => Promise<{ items: BudgetLevel[]; next: string | null }>
  /** @throws {AppError} `NOT_FOUND`. */
  get: (budgetId: BudgetId) => Promise<{ level: BudgetLevel; projection: Projection }>
}

/** Global budgets come first, those of tasks, which are many, last. */
const scopeOrder: readonly BudgetScope[] = ['global', 'user', 'agent', 'task']

export const createBudgetViews = ({ sql, now }: { sql: Sql; now: () => Date }): BudgetViews => {
  const levelsOf = async (budgets: readonly StoredBudget[]): Promise<BudgetLevel[]> => {
    const at = now()
    const windows = budgets.map((budget) => ({ budget, window: windowAt(budget, at) }))
    const counts = await readCounts(
      sql,
      windows.map(({ budget, window }) => levelIdOf(budget, window)),
    )
    return windows.map(({ budget, window }) =>
      toBudgetLevel(levelOf(budget, window, counts.get(levelIdOf(budget, window)))),
    )
  }
  const whileUp = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw asDatabaseOutage(error)
    }
  }

  return {
    over: (taskId) =>
      whileUp(async () =>
        levelsOf(
          await sql<StoredBudget[]>`
            select ${budgetColumns(sql)} from budgets as budget
            where scope = 'global' or (scope = 'task' and scope_id = ${taskId})
            order by scope, budget_id = scope_id desc, budget_id`,
        ),
      ),

    list: ({ scope, id, after, limit }) =>
      whileUp(async () => {
        const rank = sql`array_position(${scopeOrder}::text[], scope)`
        const from = cursorOf(after)
        const budgets = await sql<StoredBudget[]>`
          select ${budgetColumns(sql)} from budgets as budget
          where (${scope}::text is null or scope = ${scope}) and (${id}::text is null or scope_id = ${id})
            and (${rank}, budget_id <> scope_id, budget_id)
              > (${from.rank}::int, ${from.isOther}::text::bool, ${from.budgetId}::text)
          order by ${rank}, budget_id <> scope_id, budget_id limit ${limit + 1}`
        const items = budgets.slice(0, limit)
        const last = items.at(-1)
        return {
          items: await levelsOf(items),
          next: budgets.length > limit && last !== undefined ? nextOf(last) : null,
        }
      }),

    get: (budgetId) =>
      whileUp(async () => {
        const budget = await readBudget(sql, budgetId)
        if (budget === undefined) throw new AppError('NOT_FOUND', { kind: 'budget', budgetId })
        const [level] = await levelsOf([budget])
        if (level === undefined) throw new Error('a budget has no level')
        const at = now()
        const since = new Date(at.getTime() - lookbackMs[budget.period])
        const amount = budget.unit === 'tokens' ? sql`settled_tokens` : sql`settled_nano_usd`
        const [spent] = await sql<{ recent: number; firstAt: Date | null }[]>`
          select coalesce(sum(${amount}), 0)::bigint as recent, min(booked_at) as "firstAt"
          from ledger where booked_at > ${since} and ${amount} <> 0 and ${inScope(sql, budget)}`
        const { recent, firstAt } = spent ?? { recent: 0, firstAt: null }
        return { level, projection: project(level, { recent, firstAt, at }) }
      }),
  }
}

// A cursor is the sort key of the last line: `<scope>/<budget id>`, marked when it is not the scope's own budget.
const nextOf = ({ scope, id, budgetId }: StoredBudget) =>
  `${scope}/${budgetId === id ? '' : '+'}${budgetId}`

const cursorOf = (after: string | null) => {
  if (after === null) return { rank: 0, isOther: 'false', budgetId: '' }
  const match = /^([a-z]+)\/(\+?)(.+)$/.exec(after)
  const scope = BudgetScope.safeParse(match?.[1])
  if (match === null || !scope.success)
    throw new AppError('INVALID_INPUT', { reason: 'after is the next of the page before' })
  return {
    rank: scopeOrder.indexOf(scope.data) + 1,
    isOther: String(match[2] === '+'),
    budgetId: match[3] ?? '',
  }
}
