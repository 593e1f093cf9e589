import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { AgentId, StepId, TaskId } from '../ids.ts'
import { CallStrategy } from '../llm/call-strategy.ts'
import { NanoUsd } from '../money/nano-usd.ts'
import { AgentChanges } from './agent-changes.ts'
import { AtSeq } from './task-endpoints.ts'
import { StepStatus } from './task-status.ts'

const service = 'orchestrator' as const
const OfStep = z.object({ taskId: TaskId, stepId: StepId })
/** Null: the caller takes the task as it is; else the command is refused when the task has moved on. */
const expectedSeq = z.int().nonnegative().nullable()
const errors = [
  'NOT_FOUND',
  'INVALID_INPUT',
  'TASK_ENDED',
  'TASK_READ_ONLY',
  'NOT_ALLOWED_NOW',
  'SEQ_CONFLICT',
] as const

/** Longer words belong into the plan. */
export const guidanceCharactersMax = 4_000
export const GuidanceText = z
  .string()
  .trim()
  .min(1, 'say something to the agent')
  .max(guidanceCharactersMax)
export const Reason = z.string().trim().max(1_000)

export const retryStep = endpoint({
  service,
  name: 'retryStep',
  summary: 'Makes a new attempt of one step that failed or runs; a call in flight is stopped.',
  input: OfStep.extend({
    reason: Reason,
    /** Who answers its calls from now on. */
    strategy: CallStrategy.optional(),
    guidance: GuidanceText.nullable(),
    expectedSeq,
  }),
  output: AtSeq,
  errors: [...errors],
  timeoutMs: 5_000,
})

/** What somebody has looked at before they decided. */
export const SeenSteps = z.object({
  planVersion: z.int().positive(),
  steps: z
    .array(z.object({ stepId: StepId, status: StepStatus, attempt: z.int().nonnegative() }))
    .max(1_000),
})
export type SeenSteps = z.infer<typeof SeenSteps>

export const previewRerun = endpoint({
  service,
  name: 'previewRerun',
  summary:
    'What a rerun from this step would reset, what that had cost, and what it will cost again.',
  input: OfStep,
  output: z.object({
    seq: z.int().positive(),
    planVersion: z.int().positive(),
    /** In the order of the plan, the step itself among them. */
    steps: z.array(
      z.object({
        stepId: StepId,
        title: z.string(),
        status: StepStatus,
        attempt: z.int().nonnegative(),
        /** Its call in flight will be stopped. */
        isRunning: z.boolean(),
        /** Steps that it became, which are given up with it: what they cost is in `spentNanoUsd`. */
        parts: z.int().nonnegative().optional(),
        spentNanoUsd: NanoUsd,
        expectedNanoUsd: NanoUsd.nullable(),
      }),
    ),
    /** Of one that a step became: that step goes on with it, and these of its later rounds are left behind. */
    reopened: z
      .array(z.object({ stepId: StepId, title: z.string(), leftBehind: z.int().nonnegative() }))
      .optional(),
    spentNanoUsd: NanoUsd,
    /** Null when that of a step is not known. */
    expectedNanoUsd: NanoUsd.nullable(),
    worstNanoUsd: NanoUsd.nullable(),
    /** Where the expectation comes from: what such work cost in all tasks, or what these steps cost before. */
    basis: z.enum(['estimate', 'own-cost']),
  }),
  errors: ['NOT_FOUND', 'TASK_ENDED', 'TASK_READ_ONLY', 'NOT_ALLOWED_NOW'],
  timeoutMs: 10_000,
})
export type RerunPreview = z.infer<typeof previewRerun.output>

export const rerunFrom = endpoint({
  service,
  name: 'rerunFrom',
  summary: 'Runs this step and everything downstream again; earlier outputs stay in the history.',
  input: OfStep.extend({
    reason: Reason,
    /** What the preview showed; refused when that has changed. Null: whatever it resets. */
    seen: SeenSteps.nullable(),
    expectedSeq,
  }),
  output: AtSeq,
  errors: [...errors, 'CHANGED_SINCE'],
  timeoutMs: 5_000,
})

export const setBreakpoint = endpoint({
  service,
  name: 'setBreakpoint',
  summary: 'Pauses the task each time before this step starts, or no longer.',
  input: OfStep.extend({ isSet: z.boolean(), expectedSeq }),
  output: AtSeq,
  errors: [...errors],
  timeoutMs: 5_000,
})

export const giveGuidance = endpoint({
  service,
  name: 'giveGuidance',
  summary:
    'Tells a step, or the whole task, something in words: it is in the request of the next turn.',
  input: z.object({
    taskId: TaskId,
    stepId: StepId.nullable(),
    text: GuidanceText,
    expectedSeq,
  }),
  output: AtSeq,
  errors: [...errors],
  timeoutMs: 5_000,
})

export const modifyAgent = endpoint({
  service,
  name: 'modifyAgent',
  summary: 'Gives an agent another prompt, description, tools or suggestions while its task runs.',
  input: z.object({
    taskId: TaskId,
    agentId: AgentId,
    /** The version that was seen: 1 is the plan's. */
    version: z.int().positive(),
    changes: AgentChanges,
    /** `at-once`: attempts of this agent that run are stopped and begin anew. */
    when: z.enum(['next-attempt', 'at-once']),
    reason: Reason,
    expectedSeq,
  }),
  output: AtSeq,
  errors: [...errors, 'CHANGED_SINCE'],
  timeoutMs: 5_000,
})
