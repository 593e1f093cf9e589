import type { TaskEventData } from '@maestro/contracts/task/task-events'

/** A finding of the execution observer, and what it did about it. */
export type ObserverNote = Omit<TaskEventData<'ObserverNoted'>, 'stepId' | 'strategy'> & {
  at: string
}

/** What the observer has seen and done in a step, all attempts together. */
export type Observation = {
  /** The newest ones. */
  notes: readonly ObserverNote[]
  revisions: number
  retries: number
  asks: number
  /** Of changes of the plan; left out: none. */
  proposals?: number
  /** Of changes of its agent, made or asked about; left out: none. */
  agentChanges?: number
  /** What the next turn is told; null when it was told. */
  remark: string | null
}

// An observer that could go on for ever would be the runaway that it is there to stop.
export const revisionsMax = 3
export const retriesMax = 1
export const asksMax = 2
export const proposalsMax = 2
export const agentChangesMax = 2
/** Of one step. A note stands in its event for ever; the state keeps what people still look at. */
export const notesKeptMax = 40

export const noObservation: Observation = {
  notes: [],
  revisions: 0,
  retries: 0,
  asks: 0,
  remark: null,
}
