import { type CostLine, costLinesMax, listCosts } from '@maestro/contracts/budget/cost-endpoints'
import { estimateTask, getEstimate } from '@maestro/contracts/budget/estimate-endpoints'
import { plannedStepOf } from '@maestro/contracts/budget/planned-work-of'
import { listSuggestions } from '@maestro/contracts/budget/suggestion-endpoints'
import { AppError } from '@maestro/contracts/errors'
import { inUsd } from '@maestro/contracts/gateway/in-usd'
import type { costRoutes } from '@maestro/contracts/gateway/routes/cost-routes'
import { userIdOf } from '@maestro/contracts/ids'
import type { PlanDraft } from '@maestro/contracts/task/plan-draft'
import type { Call } from '@maestro/service-kit/call'
import { Readable } from 'node:stream'
import { fillOptions } from '../inputs/fill-options.ts'
import type { Answers, HttpRequest } from './answers.ts'
import { csvLine } from './csv-line.ts'

/** Lines of one file: it is made page by page, and each page reads the whole period. */
const exportedLinesMax = 100_000

const figures = [
  'costUsd',
  'estimatedUsd',
  'tokens',
  'inputTokens',
  'cachedInputTokens',
  'outputTokens',
  'attempts',
] as const

const wishOf = ({
  query: { from, to, timeZone, by, provider, model, agentId, taskId, userId, purpose },
}: Pick<HttpRequest<(typeof costRoutes)['exportCosts']>, 'query'>) => ({
  from: from ?? null,
  to: to ?? null,
  timeZone,
  by,
  provider: provider ?? null,
  model: model ?? null,
  agentId: agentId ?? null,
  taskId: taskId ?? null,
  userId: userId ?? null,
  purpose: purpose ?? null,
})

export const costAnswers = ({ call }: { call: Call }): Answers<typeof costRoutes> => ({
  listCosts: async ({ query, context }) => {
    const { order, cursor = null, limit } = query
    const { items, total, ...page } = await call(
      listCosts,
      { ...wishOf({ query }), order, cursor, limit },
      context,
    )
    return { ...page, items: items.map(inUsd), total: inUsd(total) }
  },

  exportCosts: async ({ query, context }, reply) => {
    const wish = { ...wishOf({ query }), order: 'key' as const, limit: costLinesMax }
    const first = await call(listCosts, { ...wish, cursor: null }, context)
    if (first.total.lines > exportedLinesMax)
      throw new AppError('INVALID_INPUT', {
        reason: `a file has at most ${exportedLinesMax} lines: ask for a shorter period or fewer keys`,
        lines: first.total.lines,
      })
    const { from, to } = first
    const lineOf = (item: CostLine) => {
      const line = inUsd(item)
      return csvLine([...query.by, ...figures].map((name) => line[name] ?? null))
    }
    const chunks = async function* () {
      yield csvLine([...query.by, ...figures])
      for (let page = first; ;) {
        yield page.items.map(lineOf).join('')
        const cursor = page.nextCursor
        if (cursor === null) return
        // The same moments for all pages, however long it takes.
        page = await call(listCosts, { ...wish, from, to, cursor }, context)
      }
    }
    void reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="costs.csv"`)
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
    return Readable.from(chunks())
  },

  listSuggestions: async ({ query: { from = null, to = null, timeZone }, context }) => {
    const { items, ...looked } = await call(listSuggestions, { from, to, timeZone }, context)
    return { ...looked, items: items.map(inUsd) }
  },

  estimateTask: async ({ body: { options, plan }, context }) => {
    const { lines, total, past } = await call(
      estimateTask,
      {
        userId: userIdOf(context.actor),
        options: fillOptions(options),
        plan: plan === null ? null : workOf(plan),
      },
      context,
    )
    return { lines: lines.map(inUsd), total: inUsd(total), past }
  },

  getEstimate: async ({ params, context }) => {
    const { lines, total, ...estimate } = await call(getEstimate, params, context)
    return { ...inUsd(estimate), lines: lines.map(inUsd), total: inUsd(total) }
  },
})

/** What of a plan its price depends on. */
const workOf = ({ agents, steps }: PlanDraft) => ({
  agents: agents.map(({ name, strategy }) => ({ name, strategy })),
  steps: steps.map((step) => plannedStepOf(step.name, step)),
})
