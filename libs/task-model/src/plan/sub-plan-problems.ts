import { heldStepsMax } from '@maestro/contracts/task/expansion'
import type { StepDraft } from '@maestro/contracts/task/plan-draft'
import { promisedBy } from '../promise/promised-by.ts'
import { resultOf } from './result-of.ts'

/** Of all steps that one holds, their instructions left out: they travel with it in one event (I7). */
const heldBytesMax = 20_000

/** What a step may not say beside a plan of its own, and what does not fit. `depth`: of that plan, the task's own being 1. */
export const subPlanProblems = (
  { promise, mode, caps, subPlan, needs }: StepDraft,
  { depth, depthMax, fanOutMax }: { depth: number; depthMax: number; fanOutMax: number },
): string[] => {
  if (subPlan === undefined) return []
  const result = subPlan.steps.find(({ name }) => name === resultOf(subPlan))
  const count = countOf(subPlan.steps)
  const bytes = encoder.encode(JSON.stringify(subPlan.steps, withoutInstructions)).length
  const shadowed = subPlan.steps.find(({ name }) => needs.includes(name))
  return [
    ...(depth > depthMax
      ? [`its plan is ${depth} deep; this task takes plans up to ${depthMax} deep`]
      : []),
    ...(subPlan.steps.length > fanOutMax
      ? [`its plan has ${subPlan.steps.length} steps; this task lets a step become ${fanOutMax}`]
      : []),
    ...(count > heldStepsMax ? [`it holds ${count} steps; there may be ${heldStepsMax}`] : []),
    ...(bytes > heldBytesMax
      ? [`the steps that it holds have ${bytes} bytes; there may be ${heldBytesMax}`]
      : []),
    ...(shadowed ? [`"${shadowed.name}" is a step of its plan and one that it needs`] : []),
    ...(mode !== undefined && mode.kind !== 'single'
      ? ['it holds a plan, and so refines nothing itself: give the mode to a step of that plan']
      : []),
    ...(caps === undefined ? [] : ['it holds a plan: give the caps to the steps of that plan']),
    ...(promise.from === 'tool' ? ['it holds a plan, and so calls no tool itself'] : []),
    ...(promise.schema === undefined
      ? []
      : ['it holds a plan: give the schema to the step that delivers for that plan']),
    ...(result !== undefined && promisedBy(result).format !== promise.format
      ? [
          `it promises ${promise.format}, and "${result.name}", which delivers for its plan, ${promisedBy(result).format}`,
        ]
      : []),
  ]
}

/** Steps, and those that they hold. */
export const countOf = (steps: readonly StepDraft[]): number =>
  steps.reduce((sum, { subPlan }) => sum + 1 + (subPlan ? countOf(subPlan.steps) : 0), 0)

const withoutInstructions = (key: string, value: unknown): unknown =>
  key === 'instruction' ? undefined : value

const encoder = new TextEncoder()
