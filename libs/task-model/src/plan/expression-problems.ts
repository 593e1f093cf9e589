import type { StepDraft } from '@maestro/contracts/task/plan-draft'
import { readingProblem, type Visible } from '../promise/reading-problems.ts'

/** What is wrong with the expressions of a step: its condition, its list, its condition for another round. */
export const expressionProblems = (step: StepDraft, visible: Visible): string[] => {
  const { when, forEach, repeat, needs } = step
  const problem = (text: string | undefined, kind: 'condition' | 'list' | 'while') =>
    text === undefined ? null : readingProblem(text, kind, needs, visible)
  const condition = problem(when, 'condition')
  const items = problem(forEach?.list, 'list')
  const again = problem(repeat?.while, 'while')
  return [
    ...(condition === null ? [] : [`its condition cannot be: ${condition}`]),
    ...(items === null ? [] : [`its list cannot be: ${items}`]),
    ...(again === null ? [] : [`its condition for another round cannot be: ${again}`]),
  ]
}
