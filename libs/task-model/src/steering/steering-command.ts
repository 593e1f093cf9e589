import type { AgentId, StepId } from '@maestro/contracts/ids'
import type { CallStrategy } from '@maestro/contracts/llm/call-strategy'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { PlanAgent } from '@maestro/contracts/task/plan-agent'
import type { SeenSteps } from '@maestro/contracts/task/steering-endpoints'

/** What people do to steps and agents while a task runs, and the timer of a retry. */
export type SteeringCommand =
  | {
      type: 'RetryStep'
      stepId: StepId
      reason: string
      strategy?: CallStrategy
      /** Words for the new attempt. */
      guidance: PayloadRef | null
    }
  /** `seen`: what a preview showed; null: the caller takes it as it is. */
  | { type: 'RerunFrom'; stepId: StepId; reason: string; seen: SeenSteps | null }
  | { type: 'SetBreakpoint'; stepId: StepId; isSet: boolean }
  | { type: 'GiveGuidance'; stepId: StepId | null; text: PayloadRef }
  | {
      type: 'ModifyAgent'
      agentId: AgentId
      /** The version that was seen. */
      version: number
      changes: Partial<Pick<PlanAgent, 'prompt' | 'description' | 'tools' | 'suggestions'>>
      when: 'next-attempt' | 'at-once'
      reason: string
    }
  /** The wait before an attempt is over. */
  | { type: 'StartRetry'; stepId: StepId; attempt: number }
