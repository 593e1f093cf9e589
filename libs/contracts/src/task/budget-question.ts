import { z } from 'zod'
import { BudgetRefusal } from '../budget/budget-refusal.ts'
import { StepId } from '../ids.ts'
import { NanoUsd } from '../money/nano-usd.ts'

/**
 * How a task goes on when money has run out: with a higher limit, with models that cost less, without some
 * of its steps; it ends with what is there; or it stops.
 */
export const BudgetChoice = z.enum(['raise', 'cheaper-model', 'drop-steps', 'finish', 'stop'])
export type BudgetChoice = z.infer<typeof BudgetChoice>

/** Steps that a question names. */
export const droppableMax = 50

const NamedStep = z.object({ stepId: StepId, title: z.string() })

/** What a person has to know when money has run out, so that they can say how it goes on. */
export const BudgetQuestion = z.object({
  /** Which budget refused, and by how much; null: nobody can say. */
  refusal: BudgetRefusal.nullable(),
  message: z.string().max(1_000),
  spentNanoUsd: NanoUsd,
  /** By how much the limit has to be raised at least, in its unit, for the call that was refused; null: raising does not help. */
  raiseByMin: z.int().positive().nullable(),
  /** What can still be left out, in the order of the plan. */
  droppable: z.array(NamedStep).max(droppableMax),
  /** Whose output would be the result if it ended now; null: nothing has been delivered. */
  deliverable: NamedStep.nullable(),
  choices: z.array(BudgetChoice).min(1),
})
export type BudgetQuestion = z.infer<typeof BudgetQuestion>

/** What is said beside the choice: of `raise` by how much, in the unit of the budget; of `drop-steps` which. */
export const BudgetAnswer = z.object({
  raiseBy: z.int().positive().max(9_000_000_000_000_000).optional(),
  stepIds: z.array(StepId).min(1).max(droppableMax).optional(),
})
export type BudgetAnswer = z.infer<typeof BudgetAnswer>
