import type { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import type {
  ApprovalId,
  AgentId,
  CallId,
  StepId,
  TaskId,
  ToolCallId,
  UserId,
} from '@maestro/contracts/ids'
import type { CallFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import type { CallPurpose } from '@maestro/contracts/llm/call-work'
import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { AskPerson } from '@maestro/contracts/llm/incomplete'
import type { NanoUsd } from '@maestro/contracts/money/nano-usd'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type {
  ApprovalDecision,
  ApprovalKind,
  ApprovalSilence,
  ApprovalStatus,
  ApproverRole,
} from '@maestro/contracts/task/approval'
import type { Bookmark } from '@maestro/contracts/task/bookmark-endpoints'
import type { AgentQuestion } from '@maestro/contracts/task/agent-question'
import type { BudgetQuestion } from '@maestro/contracts/task/budget-question'
import type { FailureChoice, FailureQuestion } from '@maestro/contracts/task/failure-question'
import type { Criteria } from '@maestro/contracts/task/criteria'
import type { DraftRole, Observer } from '@maestro/contracts/task/draft-role'
import type { IncompleteAnswer } from '@maestro/contracts/task/incomplete-answer'
import type { AgentParts, PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { OneAgent } from '@maestro/contracts/task/plan-draft'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { RoleUsed } from '@maestro/contracts/task/role-used'
import type { TaskEventData } from '@maestro/contracts/task/task-events'
import type { TaskImport } from '@maestro/contracts/task/task-import'
import type { TaskInput } from '@maestro/contracts/task/task-input'
import type { TaskOptions } from '@maestro/contracts/task/task-options'
import type { Expansion, PartOf } from './expansion/expansion.ts'
import type { StepPhase } from './execution/step-phase.ts'
import type { StepClock } from './limits/step-clock.ts'
import type { RefineTurn } from '@maestro/contracts/task/step-mode'
import type { JudgeUse, Judging } from './judge/judging.ts'
import type { TaskMemory } from './judge/task-memory.ts'
import type { Refinement } from './refinement/refinement.ts'
import type { Observation } from './observer/observation.ts'
import type { StepStatus, TaskStatus } from '@maestro/contracts/task/task-status'
import type { ToolQuestion, ToolRepeat } from '@maestro/contracts/task/tool-question'

// The state is plain JSON on purpose: the same bytes in the orchestrator, in the timeline and in the console (I2).

/** A model call as the task sees it; the router keeps the rest. */
export type CallRecord = {
  callId: CallId
  purpose: CallPurpose
  attempt: number
  turn: number
  status: 'running' | 'answered' | 'incomplete' | 'failed'
  startedAt: string
  finishedAt: string | null
  answer: PayloadRef | null
  text: PayloadRef | null
  facts: CallFacts | null
  failure: { class: FailureClass; message: string } | null
  /** Why the answer was not taken. */
  problem: string | null
  /** Of an incomplete one: why, and whether what came could be used. */
  incomplete?: IncompleteAnswer
  /** A person is asked how it goes on; null: they have not said it yet. */
  ask?: AskPerson & { decision: FailureChoice | null }
  /** Which version of the agent was asked; left out: the plan's. */
  agentVersion?: number
}

export type ToolUse = {
  toolCallId: ToolCallId
  tool: string
  arguments: PayloadRef
  status: 'asked' | 'running' | 'answered' | 'refused'
  ok: boolean | null
  result: PayloadRef | null
  latencyMs: number | null
  /** The tool's word on running it again. */
  repeat?: ToolRepeat
  /** Its arguments break the tool's schema. */
  misfit?: { reason: string; result: PayloadRef }
  /** Why its result is not what the step promises, where a tool delivers that. */
  unfit?: string
  /** What a person said who was asked about it. */
  verdict?: ToolVerdict
}

/** What becomes of a tool use that a person was asked about. */
export type ToolVerdict =
  /** `arguments`: with these instead. */
  | { kind: 'run'; arguments?: PayloadRef }
  | { kind: 'refuse'; reason: string; result: PayloadRef }
  | { kind: 'answer'; ok: boolean; result: PayloadRef }

/** How much had been said when a turn started: it is asked with just that, whenever it is asked. */
export type Told = { task: number; step: number; memories?: number }

/** One round of think, call tools, observe. */
export type Turn = {
  turn: number
  callId: CallId
  /** What was wrong with the answer before, when this turn asks to repair it. */
  repair: string | null
  /** What the observer wants it to mind. */
  remark?: string
  /** It judges a version of the output. */
  refine?: RefineTurn
  answer: PayloadRef | null
  text: PayloadRef | null
  toolUses: readonly ToolUse[]
  /** How much of the guidance, of the task's and the step's, and of the memory; left out: none. */
  told?: Told
}

/** Words of a person to an agent. */
export type Guidance = { text: PayloadRef; by: string; at: string }

export type Step = PlanStep & {
  status: StepStatus
  phase: StepPhase | null
  /** 0 before the first one. */
  attempt: number
  /** Made before it was last reset: they count no more as tries. */
  attemptsBefore?: number
  /** What those had used up: it counts no more against its caps. */
  usedBefore?: { tokens: number; costNanoUsd: NanoUsd }
  /** Said by tools in those and in attempts that failed, and by all that it had become before it was reset. */
  answerBytesBefore?: number
  /** Turns of the present attempt. */
  turns: readonly Turn[]
  /** Model calls of all attempts. */
  calls: readonly CallRecord[]
  approved: boolean
  /** Of what was approved; left out: it was not asked about itself, or before there were digests. */
  approvedDigest?: string
  /** Of its `when`, once all that it needs has ended. */
  condition?: 'asked' | 'holds' | 'does-not-hold'
  /** Why it was skipped. */
  skipReason?: string
  /** It was skipped as another one that the same step became had failed. */
  isLeftOut?: true
  output: PayloadRef | null
  /** The output is the part of an answer that came. */
  isIncomplete?: true
  /** The plan version in which a person last changed it while the task ran. */
  editedIn?: number
  /** Of phase `backoff`. */
  retryAt?: string
  /** What a person said that its failure means, over its `onFailure`. */
  told?: 'go-on' | 'stop'
  /** `passed`: it may start once. */
  breakpoint?: 'set' | 'passed'
  guidance?: readonly Guidance[]
  /** Which version of its agent the present attempt has; left out: the plan's. */
  agentVersion?: number
  /** Of those who judge its output in the present attempt; left out: the plan's. */
  reviewerVersions?: Readonly<Record<AgentId, number>>
  failure: string | null
  observation?: Observation
  judging?: Judging
  expansion?: Expansion
  partOf?: PartOf
  /** It was left behind when this step began anew, and stays until its calls have answered. */
  leftOf?: StepId
  /** Of a step that refines; null before an attempt has delivered. */
  refinement?: Refinement | null
  /** Why there is no later version of the output. */
  refined?: TaskEventData<'StepFinished'>['refinement']
  /** Of a step whose time is capped. */
  clock?: StepClock
  costNanoUsd: NanoUsd
  inputTokens: number
  outputTokens: number
  queuedAt: string | null
  startedAt: string | null
  finishedAt: string | null
}

export type Verdict = Pick<
  TaskEventData<'PlanJudged'>,
  'verdict' | 'score' | 'findings' | 'summary' | 'callId'
> & { at: string; criteria?: Criteria }

export type PlanVersion = {
  version: number
  hash: string
  author: 'planner' | 'person'
  round: number
  document: PayloadRef
  rationale: string
  agents: readonly PlanAgent[]
  steps: readonly PlanStep[]
  resultStepId: StepId
  /** False until its last part has come. */
  complete: boolean
  proposedAt: string
  /** Of this very version: an approval of another one does not count. */
  verdicts: { [Name in Observer]: Verdict | null }
  replies: readonly { findingId: string; addressed: boolean; note: string; isUnanswered?: true }[]
  /** What the Planner says of a single agent. */
  oneAgent?: OneAgent
  /** Of one that a person made by edits: of which version, and whose content it is where they undid some. */
  editOf?: number
  restores?: number
}

/** Where one role of the present round stands. */
export type DraftJob = {
  turn: number
  phase: 'idle' | 'calling' | 'done' | 'refused' | 'call-failed' | 'asked'
  repair: string | null
  problem: string | null
}

export type Drafting = {
  round: number
  /** Versions of earlier rounds were sent back by a person and are out of the running. */
  sinceRound: number
  guidance: PayloadRef | null
  /** What a person said while the drafting went on; more than once in a round is possible. */
  said?: readonly { guidance: PayloadRef; round: number; by: string; at: string }[]
  /** A person wants another round. */
  wantsRound?: boolean
  /** Parts that a person keeps as they are in this version. */
  locks?: Readonly<Record<string, { version: number; by: string }>>
  jobs: { [Role in DraftRole]: DraftJob }
  calls: readonly (CallRecord & { role: DraftRole; round: number; used?: RoleUsed })[]
  /** Whom a person wants its calls to be answered by, over the task. */
  strategy?: CallStrategy
  converged: { version: number; reason: TaskEventData<'PlanConverged'>['reason'] } | null
}

export type Approval = {
  approvalId: ApprovalId
  kind: ApprovalKind
  planVersion: number
  stepId: StepId | null
  ask: string
  status: ApprovalStatus
  requestedAt: string
  expiresAt: string
  decidedBy: string | null
  /** Who did what made the question void. */
  withdrawnBy?: string
  decidedAt: string | null
  reason: string | null
  /** Of a failure. */
  question?: FailureQuestion
  /** Of a failure, or of money that had run out, once it is answered. */
  decision?: ApprovalDecision
  /** Of a tool use or a question of an agent. */
  toolUse?: ToolQuestion
  /** Of money that has run out. */
  budget?: BudgetQuestion
  /** Of the change of an agent, and what was approved in place of what was proposed. */
  agentChange?: AgentQuestion
  agent?: AgentParts
  /** Of what is asked about, and once it is decided, of what was decided. */
  digest?: string
  silence?: ApprovalSilence
  mayDecide?: ApproverRole
}

export type Totals = {
  costNanoUsd: NanoUsd
  inputTokens: number
  outputTokens: number
  calls: number
  callsFailed: number
  /** Attempts that were in flight when their worker died; booked at their estimate. */
  attemptsLost: number
  toolCalls: number
}

export type UnbornTask = { status: 'unborn'; seq: 0 }

export type BornTask = {
  status: TaskStatus
  seq: number
  taskId: TaskId
  title: string
  goal: PayloadRef
  inputs: readonly TaskInput[]
  options: TaskOptions
  /** Which part of its life it is in, paused or not. */
  stage: 'drafting' | 'approval' | 'execution' | 'ended'
  pause: {
    reason: 'person' | 'budget' | 'breakpoint'
    note: string
    at: string
    /** Which budget has to be raised, or when its window ends; null where that is not known. */
    refusal: BudgetRefusal | null
    /** Of a breakpoint: the step that was about to start. */
    stepId?: StepId
    /** Of a pause for money: the question how it goes on. */
    approvalId?: ApprovalId
  } | null
  /** Steps let through one by one while paused. */
  steppedIds: readonly StepId[]
  drafting: Drafting
  versions: readonly PlanVersion[]
  planVersion: number | null
  resultStepId: StepId | null
  agents: Readonly<Record<AgentId, PlanAgent>>
  /** Versions of agents before the present one, the first one first; of those that were modified. */
  earlierAgents?: Readonly<Record<AgentId, readonly PlanAgent[]>>
  /** Named places of the history, in its order. */
  bookmarks?: readonly Bookmark[]
  /** It ran in another Maestro and is only read here. */
  imported?: TaskImport
  /** Words of people to the whole task. */
  guidance?: readonly Guidance[]
  /** What later steps should know, in the order in which it was written. */
  memories?: readonly TaskMemory[]
  /** Of a task with a judge that was asked. */
  judgeUse?: JudgeUse
  steps: Readonly<Record<StepId, Step>>
  /** Steps as the plan lists them, and behind each what it became. What a step had become before it was reset stands in `steps` alone, until its calls have answered. */
  order: readonly StepId[]
  approvals: Readonly<Record<ApprovalId, Approval>>
  totals: Totals
  /** True once `rehearsal` has answered: no model was asked. */
  rehearsal: boolean
  result: PayloadRef | null
  /** A person ended it with what was there: whose output the result is. */
  cutShort?: { stepId: StepId; reason: string }
  /** Why it ended, where it did not succeed. */
  failure: string | null
  createdAt: string
  createdBy: UserId
  updatedAt: string
  startedAt: string | null
  endedAt: string | null
  /** Time spent waiting for people, which the time limit does not count. */
  waitedMs: number
  waitingSince: string | null
}

/** The task as its events tell it. */
export type Task = UnbornTask | BornTask

export const unbornTask: Task = { status: 'unborn', seq: 0 }
