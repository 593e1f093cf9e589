import type { JsonSchema } from '@maestro/contracts/llm/chat'
import type { StepDraft, StepPromise } from '@maestro/contracts/task/plan-draft'
import { resultOf } from '../plan/result-of.ts'

/** What a step of a plan delivers in the end: its own promise, that of the plan that it holds, or a list of either. */
export const promisedBy = (
  step: StepDraft,
): { format: StepPromise['format']; schema?: JsonSchema } => {
  const one = promisedOnce(step)
  if (step.forEach === undefined) return one
  const items = one.format === 'json' ? one.schema : { type: 'string' }
  return { format: 'json', schema: { type: 'array', ...(items !== undefined && { items }) } }
}

/** The same of one item of its list. */
export const promisedOnce = ({
  promise: { format, schema },
  subPlan,
}: StepDraft): { format: StepPromise['format']; schema?: JsonSchema } => {
  const result = subPlan?.steps.find(({ name }) => name === resultOf(subPlan))
  if (result !== undefined) return promisedBy(result)
  return { format, ...(schema !== undefined && { schema }) }
}
