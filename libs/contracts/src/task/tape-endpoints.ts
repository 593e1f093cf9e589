import { z } from 'zod'
import { endpoint } from '../endpoint.ts'
import { PlanName, TaskId } from '../ids.ts'
import { Sha256 } from '../payload/payload-ref.ts'
import { RoleName } from './draft-role.ts'
import { AgentDraft } from './plan-draft.ts'

/** As much as is played in seconds, beside everything else that the process does. */
export const tapeEventsMax = 20_000

/** What is asked otherwise than it is now, to see where a task would have gone another way. */
export const TapeChanges = z.strictObject({
  /** Roles by the version of what they are told. */
  roles: z.partialRecord(RoleName, z.int().positive()).optional(),
  /** Agents of the plan by what they are told. */
  prompts: z.record(PlanName, AgentDraft.shape.prompt).optional(),
})
export type TapeChanges = z.infer<typeof TapeChanges>

/** One side of a difference: its SHA-256 over canonical JSON, and its beginning. */
const Side = z.object({ sha256: Sha256, text: z.string().max(400) })

export const TapeDivergence = z.object({
  /** The first event that does not come again as it was. */
  seq: z.int().positive(),
  /** Of the recorded event, or of the one that comes now where none was recorded. */
  type: z.string(),
  kind: z.enum([
    /** The event differs in `field`. */
    'different',
    /** What led to it then leads to nothing now. */
    'missing',
    /** More comes of it now than was recorded. */
    'more',
    /** The rules forbid it now. */
    'refused',
    /** It answers what nobody asks for now. */
    'unasked',
    /** The journal does not hold any more what it was made of, or it cannot be read. */
    'lost',
  ]),
  /** The path in the event's data. */
  field: z.string().nullable(),
  recorded: Side.nullable(),
  regenerated: Side.nullable(),
  /** In words. */
  reason: z.string().max(1_000),
})
export type TapeDivergence = z.infer<typeof TapeDivergence>

export const Tape = z.object({
  taskId: TaskId,
  /** The event up to which it was played. */
  seq: z.int().positive(),
  /** Every event came again as it was recorded, and with them the state. */
  holds: z.boolean(),
  eventsCompared: z.int().nonnegative(),
  /** What people said and what models, tools and clocks answered, taken from the journal. */
  commands: z.int().nonnegative(),
  answers: z.int().nonnegative(),
  /** Requests that were made again and compared with what was asked. */
  requestsCompared: z.int().nonnegative(),
  stateSha256: z.object({ recorded: Sha256, regenerated: Sha256.nullable() }),
  divergence: TapeDivergence.nullable(),
})
export type Tape = z.infer<typeof Tape>

export const playTape = endpoint({
  service: 'orchestrator',
  name: 'playTape',
  summary:
    'Runs a task again from its journal, asking no model and no tool, and compares every event with the recorded one.',
  input: z.object({ taskId: TaskId, changes: TapeChanges }),
  output: Tape,
  errors: ['NOT_FOUND', 'INVALID_INPUT', 'PAYLOAD_TOO_LARGE'],
  timeoutMs: 60_000,
})
