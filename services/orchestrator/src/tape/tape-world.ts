import type { PayloadRef } from '@maestro/contracts/payload/payload-ref'
import type { TaskEvent } from '@maestro/contracts/task/task-events'
import type { PayloadReader } from '@maestro/service-kit/payload-reader'
import type { Effect } from '@maestro/task-model/effects-of'
import type { BornTask, Task } from '@maestro/task-model/task'
import type { Roles } from '../roles/roles-now.ts'
import type { ToolRegistry } from '../tools/tool-registry.ts'

/** What a tape is played with: the journal, and what models are told now. */
export type TapeWorld = {
  payloads: PayloadReader
  registry: Pick<ToolRegistry, 'specs' | 'get' | 'problemOf'>
  roles: Roles
  /** By the names of agents: what they are told in place of their prompt. */
  prompts: ReadonlyMap<string, PayloadRef>
}

/** Recorded events from a position on, as far as one command can have made them: one moment, one actor. */
export type Script = readonly [TaskEvent, ...TaskEvent[]]

/** How far a tape has been played. */
export type TapeState = {
  task: Task
  /** What the events so far ask for, with the state in which it was asked for. */
  open: ReadonlyMap<string, { effect: Effect; task: BornTask }>
  /** Those in which requests were made. */
  states: ReadonlyMap<number, BornTask>
}
