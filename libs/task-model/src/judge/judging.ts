import type { CallId } from '@maestro/contracts/ids'
import type { NanoUsd } from '@maestro/contracts/money/nano-usd'
import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { JudgedPart } from '@maestro/contracts/task/result-judgement'
import type { TaskEventData } from '@maestro/contracts/task/task-events'
import type { StepPhase } from '../execution/step-phase.ts'

/** Where the newest judgement of a step stands: of one turn of one attempt. */
export type Judging = {
  attempt: number
  turn: number
  about: JudgedPart
  /** Of a delivery: what waits to be delivered. */
  output: PayloadRef | null
  callId: CallId
  ask: number
  repair: string | null
  /** Where the step goes on once it was judged. */
  phase: StepPhase
  /** Null while the judge is asked. */
  judgement: Judgement | null
}

export type Judgement = Pick<
  TaskEventData<'ResultJudged'>,
  'verdict' | 'concern' | 'reason' | 'words' | 'agent'
>

/** What the judge of a task has used of its bounds. */
export type JudgeUse = {
  calls: number
  costNanoUsd: NanoUsd
  /** Judgements that did not come, or could not be used. */
  withoutVerdict: number
  /** It came to a bound: nothing further is judged. */
  isStopped?: true
}
