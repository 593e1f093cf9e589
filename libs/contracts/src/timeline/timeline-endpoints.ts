import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { TaskId } from '../ids.ts'
import { StateDetail } from '../task/state-detail.ts'
import { FoldedTask } from '../task/task-endpoints.ts'

const service = 'timeline' as const

export const getTaskAt = endpoint({
  service,
  name: 'getTaskAt',
  summary:
    'The fold at any position of a task’s history. Beyond 5,000 events it is answered in outline, which `detail` says: without the turns and the finished calls of its steps.',
  input: z.object({
    taskId: TaskId,
    at: z.int().positive(),
    detail: StateDetail.default('whole'),
  }),
  output: z.object({
    seq: z.int().positive(),
    state: FoldedTask,
    detail: StateDetail.default('whole'),
  }),
  errors: ['NOT_FOUND', 'AFTER_BEYOND_HEAD', 'PRUNED'],
  timeoutMs: 10_000,
})

/** Packed: one row per event, so that a scrubber can draw a long history before it loads any event. */
export const Tick = z.tuple([
  /** seq */
  z.int().positive(),
  /** milliseconds since the epoch */
  z.int().nonnegative(),
  /** index into `kinds` */
  z.int().nonnegative(),
  /** index into `steps`; -1 where the event belongs to no step */
  z.int().min(-1),
])
export type Tick = z.infer<typeof Tick>

export const getTaskTimeline = endpoint({
  service,
  name: 'getTaskTimeline',
  summary: 'Every event of a task as a packed tick: seq, time, kind, step.',
  input: z.object({ taskId: TaskId }),
  output: z.object({
    head: z.int().nonnegative(),
    kinds: z.array(z.string()),
    steps: z.array(z.string()),
    ticks: z.array(Tick),
  }),
  errors: ['NOT_FOUND', 'PRUNED'],
  timeoutMs: 10_000,
})

/** A state that was kept, and why: every so many events, or where people come back to. */
export const KeptState = z.object({
  seq: z.int().positive(),
  reason: z.enum(['count', 'plan-approved', 'human-edit', 'rerun']),
})
export type KeptState = z.infer<typeof KeptState>

export const getTaskTicks = endpoint({
  service,
  name: 'getTaskTicks',
  summary:
    'Every event of a task in about four bytes, for a scrubber, and where states are kept. `packed` is base64 of three LEB128 numbers for each event: milliseconds since the one before (zigzag; the first since `startAtMs`), index into `kinds`, index into `steps` + 1.',
  input: z.object({ taskId: TaskId }),
  output: z.object({
    head: z.int().nonnegative(),
    startAtMs: z.int().nonnegative(),
    kinds: z.array(z.string()),
    steps: z.array(z.string()),
    packed: z.base64(),
    kept: z.array(KeptState),
  }),
  errors: ['NOT_FOUND', 'PRUNED'],
  timeoutMs: 10_000,
})
