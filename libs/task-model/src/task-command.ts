import type { Actor } from '@maestro/contracts/actor'
import type { BudgetRefusal } from '@maestro/contracts/budget/budget-refusal'
import type { ApprovalId, CallId, StepId, TaskId, ToolCallId } from '@maestro/contracts/ids'
import type { CallFacts, FailureClass } from '@maestro/contracts/llm/call-facts'
import type { CallPurpose } from '@maestro/contracts/llm/call-work'
import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { AskPerson } from '@maestro/contracts/llm/incomplete'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { ApprovalDecision } from '@maestro/contracts/task/approval'
import type { BudgetAnswer } from '@maestro/contracts/task/budget-question'
import type { ObserverAnswer, OneAgent, PlannerAnswer } from '@maestro/contracts/task/plan-draft'
import type { AskedRequest } from '@maestro/contracts/task/asked-request'
import type { RoleUsed } from '@maestro/contracts/task/role-used'
import type { DraftRole, Observer } from '@maestro/contracts/task/draft-role'
import type { IncompleteAnswer } from '@maestro/contracts/task/incomplete-answer'
import type { JudgeAnswer } from '@maestro/contracts/task/result-judgement'
import type { AgentParts, PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { PlanStep } from '@maestro/contracts/task/plan-step'
import type { TaskEventData } from '@maestro/contracts/task/task-events'
import type { TaskInput } from '@maestro/contracts/task/task-input'
import type { TaskOptions } from '@maestro/contracts/task/task-options'
import type { BookmarkCommand } from './bookmarks/bookmark-command.ts'
import type { ImportCommand } from './import/import-command.ts'
import type { ExpansionCommand } from './expansion/expansion-command.ts'
import type { SteeringCommand } from './steering/steering-command.ts'
import type { EditsAsWritten } from './surgery/plan-edit.ts'
import type { SurgeryCommand } from './surgery/surgery-command.ts'

/** A checked plan with its ids and its texts put away. */
export type ProposedPlan = {
  document: PayloadRef
  /** SHA-256 of the document. */
  hash: string
  rationale: string
  agents: readonly PlanAgent[]
  steps: readonly PlanStep[]
  resultStepId: StepId
  /** What the Planner says of a single agent. */
  oneAgent?: OneAgent
}

/** Where in the task a model call belongs. */
export type CallPlace =
  | { callId: CallId; purpose: 'step'; stepId: StepId; role: null; attempt: number; turn: number }
  /** The judge of a turn's result. */
  | {
      callId: CallId
      purpose: 'observe'
      stepId: StepId
      role: null
      attempt: number
      turn: number
    }
  | {
      callId: CallId
      purpose: Exclude<CallPurpose, 'step' | 'observe' | 'embed'>
      stepId: null
      role: DraftRole
      attempt: number
      turn: number
    }

export type AnsweredCall = {
  answer: PayloadRef
  /** Null when the answer is tool calls only. */
  text: PayloadRef | null
  facts: CallFacts
  /** Of a call of the drafting, or of the judge. */
  role?: RoleUsed
  asked?: AskedRequest
}

export type ToolPlace = { stepId: StepId; attempt: number; turn: number; toolCallId: ToolCallId }

/** What a person does to the drafting while it goes on. */
export type DraftingCommand =
  | { type: 'GuideDrafting'; guidance: PayloadRef }
  | { type: 'TakeVersion'; version: number }
  | { type: 'LockPart'; part: string; isLocked: boolean }

/** Imperative. Carries its own ids and clock reading, so that deciding needs neither. */
export type TaskCommand = { at: string; actor: Actor } & (
  | {
      type: 'CreateTask'
      taskId: TaskId
      title: string
      goal: PayloadRef
      inputs: readonly TaskInput[]
      options: TaskOptions
      /** A plan of one's own: nothing is drafted. */
      plan: ProposedPlan | null
    }
  | { type: 'PauseTask' }
  | { type: 'ResumeTask' }
  /** There may be money again: a budget has another limit (null: it is gone), or its window has ended. */
  | {
      type: 'ResumeWithBudget'
      because: { kind: 'limit'; budgetId: string; limit: number | null } | { kind: 'window' }
    }
  /** Null: the first ready step. */
  | { type: 'StepTask'; stepId: StepId | null }
  | { type: 'CancelTask'; reason: string }
  | {
      type: 'DecideApproval'
      approvalId: ApprovalId
      decision: ApprovalDecision
      /** Of `other-model` and `cheaper-model`. */
      strategy?: CallStrategy
      reason: string
      /** The reason as the Planner or the agent will read it. */
      guidance: PayloadRef | null
      /** Of what the person saw; refused when something else is asked about. */
      digest?: string
      /** Of a tool use: other arguments, which fit the tool. */
      arguments?: PayloadRef
      /** Of a plan: it is approved as the version that these make. */
      edits?: EditsAsWritten
      /** Of money that has run out. */
      budget?: BudgetAnswer
      /** Of the change of an agent: it is approved with these in place of what is proposed. */
      agent?: Partial<AgentParts>
    }
  | {
      type: 'ExpireApproval'
      approvalId: ApprovalId
      /** What an agent is told that waited for it. */
      told: PayloadRef
    }
  /** The time limit may have come; people's time is not counted. */
  | { type: 'CheckDuration' }
  | {
      type: 'ProposePlan'
      place: CallPlace
      answered: AnsweredCall
      plan: ProposedPlan
      replies: PlannerAnswer['replies']
    }
  | {
      type: 'JudgePlan'
      place: CallPlace
      answered: AnsweredCall
      observer: Observer
      /** The hash of the version that was judged. */
      hash: string
      judgement: ObserverAnswer
    }
  | {
      type: 'FinishTurn'
      place: CallPlace
      answered: AnsweredCall
      toolCalls: TaskEventData<'CallFinished'>['toolCalls']
    }
  /** Only a part of the answer came; the step's policy says what becomes of it. */
  | {
      type: 'TakeIncomplete'
      place: CallPlace
      answered: AnsweredCall
      incomplete: IncompleteAnswer
    }
  /** The answer cannot be used; the money is spent all the same. */
  | { type: 'RefuseAnswer'; place: CallPlace; answered: AnsweredCall; problem: string }
  | {
      type: 'FailCall'
      place: CallPlace
      failureClass: FailureClass
      message: string
      /** Of class `budget`: which one refused. */
      refusal: BudgetRefusal | null
      /** A person has to say how it goes on. */
      ask?: AskPerson
      facts: CallFacts
      asked?: AskedRequest
    }
  | DraftingCommand
  | { type: 'SkipStep'; stepId: StepId; reason: string }
  /** Of a version of its step's output; with the next one, where it wants one. */
  | {
      type: 'JudgeOutput'
      place: CallPlace
      answered: AnsweredCall
      verdict: 'good' | 'revise'
      notes: string
      output: PayloadRef | null
    }
  /** The cap on a step's time may have come. */
  | { type: 'CheckStepTime'; stepId: StepId }
  | SteeringCommand
  | SurgeryCommand
  /** The judge has read a result. */
  | {
      type: 'JudgeResult'
      place: CallPlace
      answered: AnsweredCall
      /** The words of an agent are put away. */
      judgement: Omit<JudgeAnswer, 'agent'> & { agent?: Partial<AgentParts> }
    }
  | BookmarkCommand
  | ImportCommand
  | { type: 'AnswerCondition'; stepId: StepId; holds: boolean; problem: string | null }
  | ExpansionCommand
  | {
      type: 'AnswerTool'
      place: ToolPlace
      ok: boolean
      result: PayloadRef
      latencyMs: number
      /** Why it is not what the step promises. */
      misfit?: string
    }
  /** Nobody knows whether it ran: its worker is gone, and it must not run twice. */
  | { type: 'DoubtTool'; place: ToolPlace }
  | { type: 'RefuseTool'; place: ToolPlace; tool: string; reason: string; result: PayloadRef }
)

export type CommandOf<Type extends TaskCommand['type']> = Extract<TaskCommand, { type: Type }>
