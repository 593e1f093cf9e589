import type { PlanDraft } from '@maestro/contracts/task/plan-draft'
import { listNames } from './list-names.ts'
import { ofPlan, type PlanProblem } from './plan-problem.ts'
import { sinksOf } from './result-of.ts'

/** Whose output is the result has to be certain. */
export const resultProblems = ({
  steps,
  result,
}: Pick<PlanDraft, 'steps' | 'result'>): PlanProblem[] => {
  if (result !== null) {
    return steps.some(({ name }) => name === result)
      ? []
      : [ofPlan('result', `result: there is no step "${result}"`)]
  }
  const sinks = sinksOf(steps)
  if (sinks.length <= 1) return []
  return [
    ofPlan(
      'result',
      `result: several steps end the plan (${listNames(sinks)}); name the one that delivers the result`,
    ),
  ]
}
