import { z } from 'zod'
import { Incomplete } from '../llm/incomplete.ts'

/** Why an answer is incomplete, and whether what came of it could be the output of its step. */
export const IncompleteAnswer = Incomplete.extend({ isUsable: z.boolean() })
export type IncompleteAnswer = z.infer<typeof IncompleteAnswer>
