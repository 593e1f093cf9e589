import { z } from 'zod'
import type { Actor } from '../actor.ts'
import { BudgetRefusal } from '../budget/budget-refusal.ts'
import type { TaskId } from '../ids.ts'
import { AgentId, ApprovalId, CallId, StepId, ToolCallId } from '../ids.ts'
import { CallFacts, FailureClass } from '../llm/call-facts.ts'
import { AskPerson, Incomplete } from '../llm/incomplete.ts'
import { CallPurpose } from '../llm/call-work.ts'
import { CallStrategy } from '../llm/call-strategy.ts'
import { PayloadRef } from '../payload/payload-ref.ts'
import { ApprovalDecision, ApprovalKind } from './approval.ts'
import { FailureQuestion } from './failure-question.ts'
import { Finding, OnFailure, OnIncomplete, StepPromise } from './plan-draft.ts'
import { TaskInput } from './task-input.ts'
import { TaskOptions } from './task-options.ts'

/** A = {P, D, T, S} of one plan version. */
export const PlanAgent = z.object({
  agentId: AgentId,
  name: z.string(),
  prompt: PayloadRef,
  description: PayloadRef,
  tools: z.array(z.string()),
  suggestions: z.array(PayloadRef),
  strategy: CallStrategy.optional(),
})
export type PlanAgent = z.infer<typeof PlanAgent>

export const PlanStep = z.object({
  stepId: StepId,
  title: z.string(),
  agentId: AgentId,
  instruction: PayloadRef,
  needs: z.array(StepId),
  inputs: z.array(z.string()),
  promise: StepPromise,
  retriesMax: z.int(),
  onIncomplete: OnIncomplete.optional(),
  when: z.string().optional(),
  onFailure: OnFailure.optional(),
})
export type PlanStep = z.infer<typeof PlanStep>

export const Observer = z.enum(['agent-observer', 'plan-observer'])
export type Observer = z.infer<typeof Observer>

export const DraftRole = z.enum(['planner', 'agent-observer', 'plan-observer'])
export type DraftRole = z.infer<typeof DraftRole>

/** Why an answer is incomplete, and whether what came of it could be the output of its step. */
export const IncompleteAnswer = Incomplete.extend({ isUsable: z.boolean() })
export type IncompleteAnswer = z.infer<typeof IncompleteAnswer>

/** Which call produced this, and which step's attempt and turn it belongs to. */
const Call = { callId: CallId, purpose: CallPurpose }
const Turn = { stepId: StepId, attempt: z.int().positive(), turn: z.int().positive() }

/**
 * What can happen to a task. Past tense, one fact each. Stored forever: add optional fields, never
 * change a meaning. At most 64 KiB of data each: a large plan is proposed in parts.
 */
export const taskEventData = {
  TaskCreated: z.object({
    title: z.string(),
    goal: PayloadRef,
    inputs: z.array(TaskInput),
    options: TaskOptions,
    /** True when the plan comes with the task and no drafting is done. */
    planGiven: z.boolean(),
  }),
  DraftingStarted: z.object({ round: z.int().positive(), guidance: PayloadRef.nullable() }),
  /** A turn of one role in a round: an observer's first one, or a further one, to repair an answer or to ask again after a pause. The Planner's first turn starts with the round. */
  DraftTurnStarted: z.object({
    round: z.int().positive(),
    role: DraftRole,
    turn: z.int().positive(),
    repair: z.string().nullable(),
  }),
  /** One part of a plan version; the version stands with its last part. */
  PlanProposed: z.object({
    version: z.int().positive(),
    /** SHA-256 of the plan document: verdicts belong to it. */
    hash: z.string(),
    author: z.enum(['planner', 'person']),
    callId: CallId.nullable(),
    part: z.int().positive(),
    parts: z.int().positive(),
    document: PayloadRef,
    rationale: z.string().max(4_000),
    agents: z.array(PlanAgent),
    steps: z.array(PlanStep),
    resultStepId: StepId,
  }),
  FindingAnswered: z.object({
    version: z.int().positive(),
    findingId: z.string(),
    addressed: z.boolean(),
    note: z.string(),
  }),
  PlanJudged: z.object({
    version: z.int().positive(),
    hash: z.string(),
    observer: Observer,
    callId: CallId,
    verdict: z.enum(['approve', 'revise']),
    score: z.number(),
    findings: z.array(Finding.extend({ findingId: z.string() })),
    summary: z.string(),
  }),
  PlanConverged: z.object({
    version: z.int().positive(),
    reason: z.enum(['approved', 'no-improvement', 'round-cap', 'given']),
  }),
  ApprovalRequested: z.object({
    approvalId: ApprovalId,
    kind: ApprovalKind,
    /** The one that runs or is judged; before there is one, the first. */
    planVersion: z.int().positive(),
    stepId: StepId.nullable(),
    ask: z.string(),
    expiresAt: z.iso.datetime(),
    /** Of a failure: what failed, what was tried, and what can be chosen. */
    question: FailureQuestion.optional(),
  }),
  ApprovalDecided: z.object({
    approvalId: ApprovalId,
    decision: ApprovalDecision,
    reason: z.string(),
    /** Of `other-model`: who is asked from then on, over what agent and task say. */
    strategy: CallStrategy.optional(),
  }),
  ApprovalExpired: z.object({ approvalId: ApprovalId }),
  TaskStarted: z.object({ planVersion: z.int().positive() }),
  TaskPaused: z.object({
    reason: z.enum(['person', 'budget']),
    note: z.string(),
    /** Of a pause by budget: which one refused, by how much, and until when. */
    refusal: BudgetRefusal.nullable().optional(),
  }),
  TaskResumed: z.object({}),
  /** One step was let through while the task stays paused. */
  TaskStepped: z.object({ stepId: StepId }),
  TaskCancelled: z.object({ reason: z.string() }),
  TaskSucceeded: z.object({ result: PayloadRef }),
  TaskFailed: z.object({ reason: z.string(), stepId: StepId.nullable() }),

  StepQueued: z.object({ stepId: StepId }),
  /** All that the step needs has ended: whether its condition holds is looked up in the outputs. */
  ConditionAsked: z.object({ stepId: StepId }),
  ConditionEvaluated: z.object({
    stepId: StepId,
    holds: z.boolean(),
    /** Why it could not be evaluated; null when it could. */
    problem: z.string().nullable(),
  }),
  /** It will not run: its condition does not hold, or what it needs is missing. */
  StepSkipped: z.object({ stepId: StepId, reason: z.string() }),
  StepStarted: z.object({ stepId: StepId, attempt: z.int().positive() }),
  /** The second and later turns; the first one starts with the step. */
  TurnStarted: z.object({
    ...Turn,
    /** What was wrong with the answer before, when this turn asks to repair it. */ repair: z
      .string()
      .nullable(),
  }),
  ToolCalled: z.object({
    ...Turn,
    toolCallId: ToolCallId,
    tool: z.string(),
    arguments: PayloadRef,
  }),
  ToolAnswered: z.object({
    ...Turn,
    toolCallId: ToolCallId,
    ok: z.boolean(),
    result: PayloadRef,
    latencyMs: z.int().nonnegative(),
  }),
  /** The agent is not allowed to call this, or there is no such tool; it is told so as the tool's answer. */
  ToolRefused: z.object({
    ...Turn,
    toolCallId: ToolCallId,
    tool: z.string(),
    reason: z.string(),
    result: PayloadRef,
  }),
  StepFinished: z.object({
    stepId: StepId,
    attempt: z.int().positive(),
    output: PayloadRef,
    /** It is the part of an answer that came, which the step accepts. */
    isIncomplete: z.literal(true).optional(),
  }),
  StepRetried: z.object({ stepId: StepId, attempt: z.int().positive(), reason: z.string() }),
  StepFailed: z.object({ stepId: StepId, attempt: z.int().positive(), reason: z.string() }),

  CallFinished: z.object({
    ...Call,
    stepId: StepId.nullable(),
    attempt: z.int().positive(),
    turn: z.int().positive(),
    answer: PayloadRef,
    /** What the answer asks for; empty when it is the output. */
    toolCalls: z.array(
      z.object({ toolCallId: ToolCallId, tool: z.string(), arguments: PayloadRef }),
    ),
    /** The text of the answer, when it has one. */
    text: PayloadRef.nullable(),
    facts: CallFacts,
    /** Left out: the answer is whole. */
    incomplete: IncompleteAnswer.optional(),
  }),
  CallFailed: z.object({
    ...Call,
    stepId: StepId.nullable(),
    attempt: z.int().positive(),
    turn: z.int().positive(),
    failureClass: FailureClass,
    message: z.string(),
    facts: CallFacts,
    /** A person has to say how it goes on. */
    ask: AskPerson.optional(),
  }),
  /** An attempt was in flight when its worker died; it was booked at its estimate. */
  CallLost: z.object({
    ...Call,
    stepId: StepId.nullable(),
    attempt: z.int().positive(),
    costNanoUsd: z.int().nonnegative(),
  }),
  /** The answer did not fit its schema; one repair is asked for, then the step or the drafting fails. */
  AnswerRefused: z.object({ ...Call, stepId: StepId.nullable(), problem: z.string() }),
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
