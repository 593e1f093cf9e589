import { z } from 'zod'
import { CloudEvent } from '../bus/cloud-event.ts'
import { endpoint } from '../endpoint.ts'
import { ApprovalId, StepId, TaskId } from '../ids.ts'
import { NanoUsd } from '../money/nano-usd.ts'
import { AgentChanges } from './agent-changes.ts'
import { AgentQuestion } from './agent-question.ts'
import {
  ApprovalDecision,
  ApprovalDigest,
  ApprovalKind,
  ApprovalSilence,
  ApprovalStatus,
  ApproverRole,
} from './approval.ts'
import { BudgetAnswer, BudgetQuestion } from './budget-question.ts'
import { FailureQuestion } from './failure-question.ts'
import { CallStrategy } from '../llm/call-strategy.ts'
import { AgentParts } from './plan-agent.ts'
import { PlanDraft } from './plan-draft.ts'
import { PlanEditDrafts } from './plan-edit.ts'
import { StateDetail } from './state-detail.ts'
import { TaskImport } from './task-import.ts'
import { inputsMax, TaskInput } from './task-input.ts'
import { TaskOptions } from './task-options.ts'
import { TaskStatus } from './task-status.ts'
import { ToolQuestion, ToolRepeat } from './tool-question.ts'

const service = 'orchestrator' as const

/** A goal in people's words; longer texts belong into an input file. */
export const goalCharactersMax = 20_000

export const TaskGoal = z
  .string()
  .max(
    goalCharactersMax,
    `a goal has at most ${goalCharactersMax} characters; put longer texts into an input file`,
  )
  .refine((goal) => goal.trim() !== '', 'a goal must say something')
  .refine((goal) => !goal.includes('\0'), 'a goal is text: it has no NUL character')

/** Where the task's fold stands: the number of its newest event. */
export const AtSeq = z.object({ seq: z.int().nonnegative() })

/** Null: the caller takes the task as it is; else the command is refused when the task has moved on. */
const ExpectedSeq = z.int().nonnegative().nullable()

export const NewTask = z.object({
  taskId: TaskId,
  goal: TaskGoal,
  inputs: z.array(TaskInput).max(inputsMax),
  options: TaskOptions,
  plan: PlanDraft.nullable(),
})
export type NewTask = z.infer<typeof NewTask>

export const createTask = endpoint({
  service,
  name: 'createTask',
  summary: 'Starts a task. Asking again with the same task id and content changes nothing.',
  input: NewTask,
  output: z.object({ taskId: TaskId, seq: z.int().positive() }),
  errors: ['PLAN_INVALID', 'IDEMPOTENCY_CONFLICT', 'NOT_FOUND'],
  timeoutMs: 10_000,
})

export const pauseTask = endpoint({
  service,
  name: 'pauseTask',
  summary: 'Lets what runs finish its call and starts nothing new.',
  input: z.object({ taskId: TaskId, expectedSeq: ExpectedSeq }),
  output: AtSeq,
  errors: ['NOT_FOUND', 'TASK_ENDED', 'TASK_READ_ONLY', 'TASK_NOT_PAUSABLE', 'SEQ_CONFLICT'],
  timeoutMs: 5_000,
})

export const resumeTask = endpoint({
  service,
  name: 'resumeTask',
  summary: 'Goes on where a pause stopped it.',
  input: z.object({ taskId: TaskId, expectedSeq: ExpectedSeq }),
  output: AtSeq,
  errors: ['NOT_FOUND', 'TASK_ENDED', 'TASK_READ_ONLY', 'TASK_NOT_PAUSED', 'SEQ_CONFLICT'],
  timeoutMs: 5_000,
})

export const stepTask = endpoint({
  service,
  name: 'stepTask',
  summary: 'Lets one ready step run to its end while the task stays paused.',
  input: z.object({ taskId: TaskId, expectedSeq: ExpectedSeq, stepId: StepId.nullable() }),
  output: AtSeq,
  errors: [
    'NOT_FOUND',
    'TASK_ENDED',
    'TASK_READ_ONLY',
    'TASK_NOT_PAUSED',
    'STEP_NOT_READY',
    'SEQ_CONFLICT',
  ],
  timeoutMs: 5_000,
})

export const skipStep = endpoint({
  service,
  name: 'skipStep',
  summary:
    'Lets a step that has not begun be left out; what needs it goes on with what else it needs.',
  input: z.object({
    taskId: TaskId,
    stepId: StepId,
    reason: z.string().trim().min(1, 'say why, for those who look at it later').max(1_000),
    expectedSeq: ExpectedSeq,
  }),
  output: AtSeq,
  errors: ['NOT_FOUND', 'TASK_ENDED', 'TASK_READ_ONLY', 'STEP_NOT_SKIPPABLE', 'SEQ_CONFLICT'],
  timeoutMs: 5_000,
})

export const cancelTask = endpoint({
  service,
  name: 'cancelTask',
  summary: 'Ends the task now; calls in flight are stopped and what they cost is booked.',
  input: z.object({ taskId: TaskId, expectedSeq: ExpectedSeq, reason: z.string().max(1_000) }),
  output: AtSeq,
  errors: ['NOT_FOUND', 'TASK_ENDED', 'TASK_READ_ONLY', 'SEQ_CONFLICT'],
  timeoutMs: 5_000,
})

export const TaskSummary = z.object({
  taskId: TaskId,
  seq: z.int().positive(),
  status: TaskStatus,
  title: z.string(),
  /** Of which nothing more is to come while the task goes on: done, skipped, or failed without stopping it. */
  stepsDone: z.int().nonnegative(),
  stepsTotal: z.int().nonnegative(),
  openApprovals: z.int().nonnegative(),
  costNanoUsd: NanoUsd,
  limitNanoUsd: NanoUsd.nullable(),
  /** True when `rehearsal` answered at least one call, or will. */
  rehearsal: z.boolean(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  /** Of a task that ran in another Maestro. */
  imported: TaskImport.pick({ at: true, from: true }).optional(),
})
export type TaskSummary = z.infer<typeof TaskSummary>

export const listTasks = endpoint({
  service,
  name: 'listTasks',
  summary: 'Tasks, the newest first.',
  input: z.object({
    status: TaskStatus.nullable(),
    /** Words that the goal contains. */
    q: z.string().max(200).nullable(),
    cursor: z.string().max(200).nullable(),
    limit: z.int().min(1).max(200),
  }),
  output: z.object({ items: z.array(TaskSummary), nextCursor: z.string().nullable() }),
  errors: ['INVALID_INPUT'],
  timeoutMs: 5_000,
})

/** Lines of one answer: one tick of a live feed over many tasks. */
export const summariesPerReadMax = 200

export const getTaskSummaries = endpoint({
  service,
  name: 'getTaskSummaries',
  summary: 'The lines of these tasks as they stand now; ids that nobody knows are left out.',
  input: z.object({ taskIds: z.array(TaskId).min(1).max(summariesPerReadMax) }),
  output: z.object({ items: z.array(TaskSummary) }),
  errors: [],
  timeoutMs: 5_000,
})

/** The fold itself: `Task` of `libs/task-model`, as JSON. */
export const FoldedTask = z.record(z.string(), z.unknown())

export const getTask = endpoint({
  service,
  name: 'getTask',
  summary:
    'The fold at the head; after 5,000 events in outline, which `detail` says: without turns and finished calls.',
  input: z.object({ taskId: TaskId }),
  output: z.object({
    seq: z.int().positive(),
    state: FoldedTask,
    detail: StateDetail.default('whole'),
  }),
  errors: ['NOT_FOUND'],
  timeoutMs: 5_000,
})

/** Events of one answer: with 64 KiB of data each at most, they fit a message when compressed. */
export const eventsPerReadMax = 1_000

export const getTaskEvents = endpoint({
  service,
  name: 'getTaskEvents',
  summary: 'Events after a position, in order, dense; fewer than asked for when they are large.',
  input: z.object({
    taskId: TaskId,
    after: z.int().nonnegative(),
    limit: z.int().min(1).max(eventsPerReadMax),
  }),
  output: z.object({ events: z.array(CloudEvent), head: z.int().nonnegative() }),
  errors: ['NOT_FOUND', 'AFTER_BEYOND_HEAD'],
  timeoutMs: 5_000,
})

export const ApprovalSummary = z.object({
  approvalId: ApprovalId,
  taskId: TaskId,
  taskTitle: z.string(),
  kind: ApprovalKind,
  planVersion: z.int().positive(),
  stepId: StepId.nullable(),
  ask: z.string(),
  status: ApprovalStatus,
  /** The task's position when this was read: send it as `expectedSeq`. */
  seq: z.int().positive(),
  requestedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  decidedBy: z.string().nullable(),
  decidedAt: z.iso.datetime().nullable(),
  reason: z.string().nullable(),
  /** Of a failure: what failed, what was tried, and what can be chosen. */
  question: FailureQuestion.optional(),
  /** Of a failure that was answered. */
  decision: ApprovalDecision.optional(),
  /** Of a tool use or a question of an agent: the exact arguments. */
  toolUse: ToolQuestion.optional(),
  /** Of money that has run out: which budget refused, and what can be chosen. */
  budget: BudgetQuestion.optional(),
  /** Of the change of an agent: before and after. */
  agentChange: AgentQuestion.optional(),
  /** Of one that was approved with other words: what it is in place of `after`. */
  agent: AgentParts.optional(),
  /** SHA-256 of what is approved. */
  digest: ApprovalDigest.optional(),
  /** What happens at `expiresAt`. Left out: the task is cancelled. */
  silence: ApprovalSilence.optional(),
  mayDecide: ApproverRole.optional(),
})
export type ApprovalSummary = z.infer<typeof ApprovalSummary>

export const listApprovals = endpoint({
  service,
  name: 'listApprovals',
  summary: 'Approvals, those that end first at the top.',
  input: z.object({ status: z.enum(['open', 'all']), limit: z.int().min(1).max(200) }),
  output: z.object({ items: z.array(ApprovalSummary) }),
  errors: [],
  timeoutMs: 5_000,
})

export const getApproval = endpoint({
  service,
  name: 'getApproval',
  summary: 'One approval, open or decided.',
  input: z.object({ approvalId: ApprovalId }),
  output: ApprovalSummary,
  errors: ['NOT_FOUND'],
  timeoutMs: 5_000,
})

export const decideApproval = endpoint({
  service,
  name: 'decideApproval',
  summary:
    'Decides an approval, or answers what follows from a failure; the first decision stands.',
  input: z.object({
    approvalId: ApprovalId,
    decision: ApprovalDecision,
    /** Required for reject, redraft, revise and answer: what is wrong, or the answer itself. */
    reason: z.string().max(4_000),
    expectedSeq: z.int().positive(),
    /** Required for other-model and cheaper-model, and only taken there: who is asked from now on. */
    strategy: CallStrategy.optional(),
    /** Of what was seen: refused when something else is asked about by now. */
    digest: ApprovalDigest.optional(),
    /** Approves a tool use with these arguments instead, as JSON text. */
    arguments: z.string().min(1).max(100_000).optional(),
    /** Approves a plan with these edits, as the version that they make. */
    edits: PlanEditDrafts.optional(),
    /** Of `raise` by how much, in the unit of the budget; of `drop-steps` which. */
    budget: BudgetAnswer.optional(),
    /** Approves the change of an agent with these words in place of those that are proposed. */
    agent: AgentChanges.optional(),
  }),
  output: AtSeq,
  errors: [
    'NOT_FOUND',
    'INVALID_INPUT',
    'APPROVAL_DECIDED',
    'APPROVAL_SUPERSEDED',
    'APPROVAL_NOT_YOURS',
    'PLAN_EDIT_REFUSED',
    'SEQ_CONFLICT',
    'TASK_ENDED',
    'TASK_READ_ONLY',
  ],
  timeoutMs: 5_000,
})

export const listTools = endpoint({
  service,
  name: 'listTools',
  summary: 'The tools that agents may be given.',
  input: z.object({}),
  output: z.object({
    items: z.array(
      z.object({
        name: z.string(),
        description: z.string(),
        parameters: z.record(z.string(), z.unknown()),
        repeat: ToolRepeat,
      }),
    ),
  }),
  errors: [],
  timeoutMs: 2_000,
})
