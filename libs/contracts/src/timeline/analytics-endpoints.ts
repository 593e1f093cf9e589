import { z } from 'zod'
import { TimeZone } from '../budget/budget.ts'
import { endpoint } from '../endpoint.ts'
import { StepId, TaskId } from '../ids.ts'
import { NanoUsd } from '../money/nano-usd.ts'

const service = 'timeline' as const
const Ms = z.int().nonnegative()

/** A stretch of time by what went on: work before waiting where several things did. The parts add up to the whole. */
export const TimeParts = z.object({
  modelMs: Ms,
  toolMs: Ms,
  /** Waiting for a person: asked, or paused. */
  personMs: Ms,
  /** Waiting for the next attempt. */
  backoffMs: Ms,
  /** Waiting for a turn: of the step, or of its call at the router. */
  queueMs: Ms,
  otherMs: Ms,
})
export type TimeParts = z.infer<typeof TimeParts>

export const StepTime = z.object({
  stepId: StepId,
  agent: z.string().nullable(),
  attempts: z.int().nonnegative(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  /** From its first turn in the queue to its end, all attempts. */
  durationMs: Ms,
  time: TimeParts,
  /** How much later it could have ended without the task ending later. Null: an item or a round, which is part of its step. */
  slackMs: Ms.nullable(),
  isCritical: z.boolean(),
})
export type StepTime = z.infer<typeof StepTime>

/** What the model calls of somebody were. */
export const CallFigures = z.object({
  calls: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  /** Answered with what another call had bought. */
  reused: z.int().nonnegative(),
  retries: z.int().nonnegative(),
  fallbacks: z.int().nonnegative(),
  /** Attempts whose worker died. */
  lost: z.int().nonnegative(),
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  costNanoUsd: NanoUsd,
  latencyMs: Ms,
})
export type CallFigures = z.infer<typeof CallFigures>

export const AgentFigures = CallFigures.extend({ agent: z.string().nullable() })
export const ModelFigures = CallFigures.extend({
  provider: z.string().nullable(),
  model: z.string().nullable(),
})

const Share = z.object({ ms: Ms, share: z.number().min(0).max(1) })

export const getTaskAnalytics = endpoint({
  service,
  name: 'getTaskAnalytics',
  summary:
    'Where the time and the money of a task went, up to a position: parts of time, critical path, slack, bottlenecks, agents and models.',
  input: z.object({
    taskId: TaskId,
    /** Null: up to its newest event. */
    at: z.int().positive().nullable(),
  }),
  output: z.object({
    taskId: TaskId,
    seq: z.int().positive(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime(),
    durationMs: Ms,
    time: TimeParts,
    steps: z.array(StepTime),
    /** Steps that the end waited for, in their order. */
    criticalPath: z.array(StepId),
    bottlenecks: z.object({
      /** Steps of the critical path that took longest, with their share of the task's time. */
      steps: z.array(Share.extend({ stepId: StepId })),
      /** Agents by the time of their steps. */
      agents: z.array(Share.extend({ agent: z.string() })),
    }),
    agents: z.array(AgentFigures),
    models: z.array(ModelFigures),
  }),
  errors: ['NOT_FOUND', 'AFTER_BEYOND_HEAD', 'PRUNED'],
  timeoutMs: 20_000,
})

export const TaskCounts = z.object({
  created: z.int().nonnegative(),
  succeeded: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  cancelled: z.int().nonnegative(),
  /** Of those that ended: half took no longer. Null when none ended. */
  medianDurationMs: Ms.nullable(),
})
export type TaskCounts = z.infer<typeof TaskCounts>

/** Longer than history is kept by default. */
const daysMax = 366

export const getHistoryAnalytics = endpoint({
  service,
  name: 'getHistoryAnalytics',
  summary: 'Figures over all tasks of the last days: by day, agent and model.',
  input: z.object({ days: z.int().min(1).max(daysMax), timeZone: TimeZone }),
  output: z.object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    tasks: TaskCounts,
    calls: CallFigures,
    /** Of the time zone that is named, every day of them. */
    days: z.array(TaskCounts.extend({ day: z.iso.date(), calls: CallFigures })),
    /** The dearest first. */
    agents: z.array(AgentFigures),
    models: z.array(ModelFigures),
  }),
  errors: ['INVALID_INPUT'],
  timeoutMs: 20_000,
})

export const getDashboardMetrics = endpoint({
  service,
  name: 'getDashboardMetrics',
  summary: 'The figures of the header: tasks that go on, and what the last hours brought.',
  input: z.object({
    hours: z
      .int()
      .min(1)
      .max(24 * daysMax),
  }),
  output: z.object({
    from: z.iso.datetime(),
    to: z.iso.datetime(),
    /** Created and not ended, whenever that was. */
    active: z.int().nonnegative(),
    tasks: TaskCounts,
    /** Of the tasks that ended by themselves, 0 to 1; null when none did. */
    successRate: z.number().min(0).max(1).nullable(),
    calls: CallFigures,
  }),
  errors: [],
  timeoutMs: 10_000,
})
