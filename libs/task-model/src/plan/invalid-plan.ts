import { AppError } from '@maestro/contracts/errors'
import type { PlanProblem } from './plan-problem.ts'

/** More than anybody mends at once. */
const problemsMax = 50

/** Of a plan that breaks rules: each problem in words, and beside it which rule, and which step. */
export const invalidPlan = (problems: readonly PlanProblem[]): AppError => {
  const first = problems.slice(0, problemsMax)
  return new AppError('PLAN_INVALID', {
    problems: first.map(({ words }) => words),
    broken: first.map(({ rule, step }) => ({ rule, step })),
    count: problems.length,
  })
}
