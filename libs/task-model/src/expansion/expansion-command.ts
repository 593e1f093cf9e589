import type { StepId } from '@maestro/contracts/ids'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'

/** What was found in the outputs for a step that becomes several. */
export type ExpansionCommand =
  | { type: 'ExpandList'; stepId: StepId; items: readonly PayloadRef[]; problem: string | null }
  | { type: 'AnswerWhile'; stepId: StepId; round: number; holds: boolean; problem: string | null }
  | {
      type: 'CollectOutputs'
      stepId: StepId
      /** Null where there is a problem. */
      output: PayloadRef | null
      problem: string | null
    }
