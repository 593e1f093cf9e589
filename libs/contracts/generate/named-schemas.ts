import { z } from 'zod'
import { Actor } from '../src/actor.ts'
import { BudgetLevel } from '../src/budget/budget.ts'
import { CloudEvent } from '../src/bus/cloud-event.ts'
import { ErrorBody } from '../src/error-body.ts'
import { HttpInput, HttpNewTask, HttpTaskOptions, TaskLine } from '../src/gateway/http-task.ts'
import { ClientMessage, ServerMessage } from '../src/gateway/live-feed.ts'
import { BudgetLine } from '../src/gateway/routes/budget-routes.ts'
import { PriceLine } from '../src/gateway/routes/price-routes.ts'
import { Session } from '../src/gateway/routes/session-routes.ts'
import { SystemStatus } from '../src/gateway/system-status.ts'
import { CallFacts } from '../src/llm/call-facts.ts'
import { ErrorPattern, ErrorReport } from '../src/llm/error-endpoints.ts'
import { CallReply, CallWork } from '../src/llm/call-work.ts'
import { Answer } from '../src/llm/chat.ts'
import { RecoveryLine, RecoveryVersion } from '../src/llm/recovery-endpoints.ts'
import { RecoveryStrategy } from '../src/llm/recovery-strategy.ts'
import { LogLine } from '../src/timeline/log-endpoints.ts'
import { LiveDelta } from '../src/llm/live-delta.ts'
import { Rate, Usage } from '../src/money/cost-of.ts'
import { PayloadRef } from '../src/payload/payload-ref.ts'
import { QueueItem, QueueSummary } from '../src/queue/queue-endpoints.ts'
import { AgentDraft, PlanDraft, StepDraft } from '../src/task/plan-draft.ts'
import { ApprovalSummary, NewTask, TaskSummary } from '../src/task/task-endpoints.ts'
import { PlanAgent } from '../src/task/plan-agent.ts'
import { PlanStep } from '../src/task/plan-step.ts'
import { TaskInput } from '../src/task/task-input.ts'
import { TaskOptions } from '../src/task/task-options.ts'

/** Schemas that have a name of their own in the descriptions; all others are written where they are used. */
const named: Readonly<Record<string, z.ZodType>> = {
  Actor,
  AgentDraft,
  Answer,
  ApprovalSummary,
  BudgetLevel,
  BudgetLine,
  CallFacts,
  CallReply,
  CallWork,
  ClientMessage,
  CloudEvent,
  ErrorBody,
  ErrorPattern,
  ErrorReport,
  HttpInput,
  HttpNewTask,
  HttpTaskOptions,
  LiveDelta,
  LogLine,
  NewTask,
  PayloadRef,
  PlanAgent,
  PlanDraft,
  PlanStep,
  PriceLine,
  QueueItem,
  QueueSummary,
  RecoveryLine,
  RecoveryStrategy,
  RecoveryVersion,
  Rate,
  ServerMessage,
  Session,
  StepDraft,
  SystemStatus,
  TaskInput,
  TaskLine,
  TaskOptions,
  TaskSummary,
  Usage,
}

export const namedSchemas = z.registry<{ id: string }>()
for (const [id, schema] of Object.entries(named)) namedSchemas.add(schema, { id })
