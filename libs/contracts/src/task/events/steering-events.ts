import { z } from 'zod'
import { StepId } from '../../ids.ts'
import { CallStrategy } from '../../llm/call-strategy.ts'
import { PayloadRef } from '../../payload/payload-ref.ts'
import { PlanAgent } from '../plan-agent.ts'
import { ResetCause } from '../reset-cause.ts'

/** What people do to steps and agents while a task runs. */
export const steeringEventData = {
  /** The step begins anew, with the next attempt. What it did so far stays in the history; a call in flight is stopped and settled. */
  StepReset: z.object({
    stepId: StepId,
    /** The last attempt that was made; 0 when it had not begun. */
    attempt: z.int().nonnegative(),
    because: ResetCause,
    reason: z.string(),
    /** Who answers its calls from now on, over what agent and task say. */
    strategy: CallStrategy.optional(),
  }),
  /** The task is paused each time before this step starts, until it is cleared. */
  BreakpointSet: z.object({ stepId: StepId }),
  BreakpointCleared: z.object({ stepId: StepId }),
  /** A person's words, told to the agent with the next turn that starts. Null: to every step, and to the Planner. */
  GuidanceGiven: z.object({ stepId: StepId.nullable(), text: PayloadRef }),
  /** The agent as it is from now on. Attempts that run keep the version that they began with. */
  AgentModified: z.object({
    agent: PlanAgent,
    /** 1 is the plan's. */
    version: z.int().min(2),
    when: z.enum(['next-attempt', 'at-once']),
    reason: z.string(),
  }),
} as const
