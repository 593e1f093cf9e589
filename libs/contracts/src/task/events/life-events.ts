import { z } from 'zod'
import { BudgetRefusal } from '../../budget/budget-refusal.ts'
import { StepId } from '../../ids.ts'
import { PayloadRef } from '../../payload/payload-ref.ts'
import { ReachedLimit } from '../step-caps.ts'
import { TaskInput } from '../task-input.ts'
import { TaskOptions } from '../task-options.ts'

/** The task's own course: created, started, held, ended. */
export const lifeEventData = {
  TaskCreated: z.object({
    title: z.string(),
    goal: PayloadRef,
    inputs: z.array(TaskInput),
    options: TaskOptions,
    /** True when the plan comes with the task and no drafting is done. */
    planGiven: z.boolean(),
  }),
  TaskStarted: z.object({ planVersion: z.int().positive() }),
  TaskPaused: z.object({
    reason: z.enum(['person', 'budget', 'breakpoint']),
    note: z.string(),
    /** Of a pause by budget: which one refused, by how much, and until when. */
    refusal: BudgetRefusal.nullable().optional(),
    /** Of a breakpoint: the step that was about to start. */
    stepId: StepId.optional(),
  }),
  TaskResumed: z.object({}),
  /** One step was let through while the task stays paused. */
  TaskStepped: z.object({ stepId: StepId }),
  TaskCancelled: z.object({ reason: z.string() }),
  TaskSucceeded: z.object({
    result: PayloadRef,
    /** A person ended it with what was there: whose output that is, and why no more. */
    cutShort: z.object({ stepId: StepId, reason: z.string() }).optional(),
  }),
  TaskFailed: z.object({
    reason: z.string(),
    stepId: StepId.nullable(),
    /** The bound that it came to. */ limit: ReachedLimit.optional(),
  }),
} as const
