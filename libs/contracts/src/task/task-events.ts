import type { z } from 'zod'
import type { Actor } from '../actor.ts'
import type { TaskId } from '../ids.ts'
import { approvalEventData } from './events/approval-events.ts'
import { bookmarkEventData } from './events/bookmark-events.ts'
import { callEventData } from './events/call-events.ts'
import { draftingEventData } from './events/drafting-events.ts'
import { expansionEventData } from './events/expansion-events.ts'
import { importEventData } from './events/import-events.ts'
import { judgeEventData } from './events/judge-events.ts'
import { lifeEventData } from './events/life-events.ts'
import { observerEventData } from './events/observer-events.ts'
import { refinementEventData } from './events/refinement-events.ts'
import { steeringEventData } from './events/steering-events.ts'
import { stepEventData } from './events/step-events.ts'
import { surgeryEventData } from './events/surgery-events.ts'

/**
 * What can happen to a task. Past tense, one fact each. Stored forever: add optional fields, never
 * change a meaning. At most 64 KiB of data each: a large plan is proposed in parts.
 */
export const taskEventData = {
  ...lifeEventData,
  ...draftingEventData,
  ...approvalEventData,
  ...stepEventData,
  ...expansionEventData,
  ...steeringEventData,
  ...surgeryEventData,
  ...callEventData,
  ...observerEventData,
  ...judgeEventData,
  ...refinementEventData,
  ...bookmarkEventData,
  ...importEventData,
} as const

export type TaskEventType = keyof typeof taskEventData
export type TaskEventData<Type extends TaskEventType> = z.infer<(typeof taskEventData)[Type]>

/** A fact without its place: what `decide` returns. */
export type TaskFact = {
  [Type in TaskEventType]: { type: Type; data: TaskEventData<Type> }
}[TaskEventType]

/** A fact in its place: `seq` is dense per task, from 1. */
export type TaskEvent = TaskFact & {
  taskId: TaskId
  seq: number
  at: string
  actor: Actor
  traceparent?: string
}

export const taskEventTypes = Object.keys(taskEventData) as readonly TaskEventType[]
