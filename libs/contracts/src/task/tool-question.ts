import { z } from 'zod'
import { ToolCallId } from '../ids.ts'
import { PayloadRef } from '../payload/payload-ref.ts'

/** Whether a tool call in doubt (asked, not answered, its worker gone) may be made again (I5). */
export const ToolRepeat = z.enum(['idempotent', 'keyed', 'unsafe'])
export type ToolRepeat = z.infer<typeof ToolRepeat>

/** The tool with which an agent asks a person; it is answered by an approval, never run. */
export const askPersonTool = 'ask_person'

/** One tool use that waits for a person, with the arguments as they would be sent. */
export const ToolQuestion = z.object({
  attempt: z.int().positive(),
  turn: z.int().positive(),
  toolCallId: ToolCallId,
  tool: z.string(),
  arguments: PayloadRef,
  /** The task has a gate before it; it cannot be taken back; it may have run already; the agent asks for words. */
  why: z.enum(['gate', 'unsafe', 'in-doubt', 'question']),
})
export type ToolQuestion = z.infer<typeof ToolQuestion>
