import type { StepId } from '@maestro/contracts/ids'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'

/** Of a step that has become several. */
export type Expansion = {
  /**
   * What it waits for: its list, the steps that it became, whether there is another round, that round,
   * its outputs as one; `ended` after its last round.
   */
  phase: 'list' | 'steps' | 'while' | 'again' | 'outputs' | 'ended'
  /** In the order of the list, of the rounds, or of the plan. */
  stepIds: readonly StepId[]
  /** The condition still held after the last round that it may have. */
  isBounded?: true
}

/** Of a step that another one has become. */
export type PartOf = {
  parentId: StepId
  /** From 1: of the list, of the rounds, or of the plan. */
  number: number
  /** What it works on, of a list. */
  item?: PayloadRef
  /** The round before it. */
  previousId?: StepId
  /** It is a step of the plan that the step holds. */
  isHeld?: true
}
