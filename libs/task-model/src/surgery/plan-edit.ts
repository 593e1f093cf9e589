import type { AgentId, StepId } from '@maestro/contracts/ids'
import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { StepPromise } from '@maestro/contracts/task/plan-draft'
import type { PlanStep } from '@maestro/contracts/task/plan-step'

/** One change of a plan, with ids given and texts put away; `PlanEditDraft` says what each means. */
export type PlanEdit =
  | { kind: 'insert-step'; step: PlanStep }
  | { kind: 'remove-step'; stepId: StepId; reconnect: boolean }
  | {
      kind: 'rewire'
      stepId: StepId
      needs?: readonly StepId[]
      inputs?: readonly string[]
      when?: string | null
    }
  | { kind: 'reassign'; stepId: StepId; agentId: AgentId }
  | { kind: 'retool'; agentId: AgentId; tools: readonly string[] }
  | { kind: 'change-model'; stepId: StepId; strategy: CallStrategy | null }
  | { kind: 'set-gate'; stepId: StepId; gate: boolean }
  | { kind: 'instruct'; stepId: StepId; instruction: PayloadRef }
  | { kind: 'promise'; stepId: StepId; promise: StepPromise }
  | { kind: 'add-agent'; agent: PlanAgent }
  | { kind: 'set-result'; stepId: StepId }

/** What is written of a plan beside the edits themselves. */
export type EditsAsWritten = {
  edits: readonly PlanEdit[]
  /** The edits by names, as they were written. */
  document: PayloadRef
  /** Those that there are: the rules know none. */
  tools: readonly string[]
}

export const stepIdOfEdit = (edit: PlanEdit): StepId | undefined =>
  'stepId' in edit ? edit.stepId : edit.kind === 'insert-step' ? edit.step.stepId : undefined

export const agentIdOfEdit = (edit: PlanEdit): AgentId | undefined =>
  'agentId' in edit ? edit.agentId : edit.kind === 'add-agent' ? edit.agent.agentId : undefined
