import type { StepId } from '@maestro/contracts/ids'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'

/** What was found in the outputs for a step that becomes several; `attempt`: for which run of it. */
export type ExpansionCommand = { stepId: StepId; attempt: number } & (
  | { type: 'ExpandList'; items: readonly PayloadRef[]; problem: string | null }
  | { type: 'AnswerWhile'; round: number; holds: boolean; problem: string | null }
  | {
      type: 'CollectOutputs'
      /** Null where there is a problem. */
      output: PayloadRef | null
      problem: string | null
    }
)
