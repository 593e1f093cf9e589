import type { BornTask } from '@maestro/task-model/task'
import type { getTaskAnalytics } from '@maestro/contracts/timeline/analytics-endpoints'
import type { z } from 'zod'
import type { ModelUse } from './report-log.ts'
import { dateWords, durationWords, moneyWords, numberOf } from './report-words.ts'
import type { Block, Section } from './report.ts'

export type TaskAnalytics = z.infer<typeof getTaskAnalytics.output>
/** The timeline's figures; or why there are none. */
export type ReportFigures = { analytics: TaskAnalytics } | { missing: string }

/** Rows that a chart holds and an eye compares; the appendix has all. */
const barsMax = 12
const spansMax = 40

/** Where the money and the time went. */
export const figuresSection = (
  task: BornTask,
  models: readonly ModelUse[],
  figures: ReportFigures,
): Section => ({
  title: 'Costs and time',
  level: 1,
  blocks: [
    ...costBars('Cost by model', models.map(modelCost)),
    ...costBars('Cost by step', stepCosts(task)),
    ...('missing' in figures
      ? [{ kind: 'text', look: 'note', text: figures.missing } as const]
      : timeBlocks(figures.analytics, task)),
  ],
})

type Cost = { name: string; costNanoUsd: number; words: string }

const modelCost = ({ provider, model, calls, costNanoUsd }: ModelUse): Cost => ({
  name: `${model} (${provider})`,
  costNanoUsd,
  words: `${moneyWords(costNanoUsd)}, ${numberOf(calls, 'call')}`,
})

const stepCosts = (task: BornTask): Cost[] =>
  task.order
    .flatMap((stepId) => task.steps[stepId] ?? [])
    .filter(({ costNanoUsd }) => costNanoUsd > 0)
    .map(({ title, costNanoUsd }) => ({ name: title, costNanoUsd, words: moneyWords(costNanoUsd) }))

/** The dearest first. Where nothing was paid there is nothing to compare. */
const costBars = (title: string, costs: readonly Cost[]): Block[] => {
  const sorted = costs.toSorted((a, b) => b.costNanoUsd - a.costNanoUsd)
  const most = sorted[0]?.costNanoUsd ?? 0
  if (most === 0) return []
  const rows = sorted
    .slice(0, barsMax)
    .map(({ name, costNanoUsd, words }) => ({ name, words, share: costNanoUsd / most }))
  const rest = sorted.length - rows.length
  return [
    {
      kind: 'bars',
      title: rest > 0 ? `${title}: the dearest ${barsMax} of ${sorted.length}` : title,
      rows,
    },
  ]
}

const partNames = {
  modelMs: 'Models answering',
  toolMs: 'Tools at work',
  personMs: 'Waiting for people',
  queueMs: 'Waiting for a turn',
  backoffMs: 'Waiting to try again',
  otherMs: 'Other',
} as const

const timeBlocks = (analytics: TaskAnalytics, task: BornTask): Block[] => {
  const whole = Math.max(1, analytics.durationMs)
  const parts = Object.entries(partNames)
    .map(([key, name]) => ({ name, ms: analytics.time[key as keyof typeof partNames] }))
    .filter(({ ms }) => ms > 0)
    .map(({ name, ms }) => ({ name, share: ms / whole, words: durationWords(ms) }))
  const title = `Where the time went: ${durationWords(analytics.durationMs)} in all`
  return [
    ...(parts.length > 0 ? [{ kind: 'shares', title, parts } as const] : []),
    ...spans(analytics, task),
  ]
}

const spans = ({ startedAt, endedAt, steps }: TaskAnalytics, task: BornTask): Block[] => {
  if (steps.length === 0) return []
  const start = Date.parse(startedAt)
  const whole = Math.max(1, Date.parse(endedAt) - start)
  const place = (at: string) => Math.min(1, Math.max(0, (Date.parse(at) - start) / whole))
  const rows = steps
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
    .slice(0, spansMax)
    .map(({ stepId, startedAt: from, endedAt: to, durationMs, isCritical }) => ({
      name: task.steps[stepId]?.title ?? stepId,
      from: place(from),
      to: place(to),
      words: durationWords(durationMs),
      isCritical,
    }))
  const title =
    steps.length > rows.length
      ? `Steps in time: the first ${spansMax} of ${steps.length}`
      : 'Steps in time'
  return [{ kind: 'spans', title, start: dateWords(startedAt), end: dateWords(endedAt), rows }]
}
