import type { StepId } from '@maestro/contracts/ids'
import type { StepStatus } from '@maestro/contracts/task/task-status'
import type { TimeParts } from '@maestro/contracts/timeline/analytics-endpoints'
import type { BornTask } from '@maestro/task-model/task'
import { divideTime, type Piece, piecesOf } from '@maestro/task-model/time/divide-time'
import type { TimeRead } from '@maestro/task-model/time/time-book'
import { type TimeOfTask, timeOfTask } from '@maestro/task-model/time/time-of-task'
import { longestWaits, type Wait } from './longest-waits.ts'

export type WaterfallRow = {
  /** Null: what belongs to no step. */
  readonly stepId: StepId | null
  /** Its place in the plan, from 1. */
  readonly number: number | null
  readonly title: string
  readonly status: StepStatus | null
  readonly attempts: number
  readonly fromMs: number
  readonly toMs: number
  readonly durationMs: number
  readonly costNanoUsd: number
  readonly time: TimeParts
  readonly slackMs: number | null
  readonly isCritical: boolean
  readonly pieces: readonly Piece[]
  /** When an attempt after the first one began. */
  readonly againMs: readonly number[]
}

export const rowOrders = ['start', 'duration', 'cost'] as const
export type RowOrder = (typeof rowOrders)[number]

export type Waterfall = {
  readonly fromMs: number
  readonly toMs: number
  readonly time: TimeParts
  readonly rows: readonly WaterfallRow[]
  /** Steps that the end waited for, in their order. */
  readonly critical: readonly CriticalStep[]
  readonly bottlenecks: {
    /** Those of them that took longest. */
    readonly steps: readonly CriticalStep[]
    /** By the time of their steps, with their share of that of all steps. */
    readonly agents: TimeOfTask['bottlenecks']['agents']
    readonly waits: readonly Wait[]
  }
}

export type CriticalStep = {
  readonly stepId: StepId
  readonly title: string
  readonly ms: number
  /** Of the task's time. */
  readonly share: number
  /** What it was for. */
  readonly time: TimeParts
}

/** Where the time of a task went, step by step: the same figures as the timeline's analytics. */
export const waterfallOf = (task: BornTask, read: TimeRead): Waterfall => {
  const told = timeOfTask(read)
  const { fromMs, toMs, whole } = read
  const pauses = whole.spans.filter(({ kind }) => kind === 'person')
  const places = new Map(task.order.map((stepId, index) => [stepId, index + 1]))
  const rows = told.steps.map(({ stepId, time, ...step }): WaterfallRow => {
    const log = read.steps.get(stepId)
    const known = task.steps[stepId]
    return {
      stepId,
      number: places.get(stepId) ?? null,
      title: known?.title ?? stepId,
      status: known?.status ?? null,
      attempts: step.attempts,
      fromMs: Date.parse(step.startedAt),
      toMs: Date.parse(step.endedAt),
      durationMs: step.durationMs,
      costNanoUsd: known?.costNanoUsd ?? 0,
      time,
      slackMs: step.slackMs,
      isCritical: step.isCritical,
      pieces: log?.lives.flatMap((life) => piecesOf(life, [...log.spans, ...pauses])) ?? [],
      againMs: log?.begunMs.slice(1) ?? [],
    }
  })
  const durationOf = new Map(rows.map((row) => [row.stepId, row]))
  const critical = told.criticalPath.flatMap((stepId): CriticalStep[] => {
    const row = durationOf.get(stepId)
    if (row === undefined) return []
    const share = toMs > fromMs ? Math.min(1, row.durationMs / (toMs - fromMs)) : 0
    return [{ stepId, title: row.title, ms: row.durationMs, share, time: row.time }]
  })
  return {
    fromMs,
    toMs,
    time: told.time,
    rows: [...wholeRow(task, read), ...rows],
    critical,
    bottlenecks: {
      steps: told.bottlenecks.steps.flatMap(
        ({ stepId }) => critical.find((one) => one.stepId === stepId) ?? [],
      ),
      agents: told.bottlenecks.agents,
      waits: longestWaits(task, read),
    },
  }
}

/** Drafting, questions about the plan, pauses. */
const wholeRow = (task: BornTask, { fromMs, toMs, whole }: TimeRead): readonly WaterfallRow[] => {
  const pieces = piecesOf({ fromMs, toMs }, whole.spans).filter(({ kind }) => kind !== 'other')
  const [first, last] = [pieces[0], pieces.at(-1)]
  if (!first || !last) return []
  const life = { fromMs: first.fromMs, toMs: last.toMs }
  const steps = Object.values<BornTask['steps'][StepId]>(task.steps)
  return [
    {
      stepId: null,
      number: null,
      title: 'Drafting, plan questions, pauses',
      status: null,
      attempts: 0,
      ...life,
      durationMs: pieces.reduce((sum, piece) => sum + piece.toMs - piece.fromMs, 0),
      costNanoUsd:
        task.totals.costNanoUsd - steps.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0),
      time: { ...divideTime(life, whole.spans), otherMs: 0 },
      slackMs: null,
      isCritical: false,
      pieces,
      againMs: [],
    },
  ]
}

const orders: Record<RowOrder, (one: WaterfallRow, other: WaterfallRow) => number> = {
  start: (one, other) => one.fromMs - other.fromMs,
  duration: (one, other) => other.durationMs - one.durationMs,
  cost: (one, other) => other.costNanoUsd - one.costNanoUsd,
}

/** What belongs to no step stands first; equals stand as they began. */
export const sortRows = (rows: readonly WaterfallRow[], order: RowOrder): readonly WaterfallRow[] =>
  rows.toSorted(
    (one, other) =>
      Number(one.stepId !== null) - Number(other.stepId !== null) ||
      orders[order](one, other) ||
      orders.start(one, other),
  )
