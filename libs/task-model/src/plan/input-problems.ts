import type { PlanDraft } from '@maestro/contracts/task/plan-draft'
import { schemaProblems } from '../promise/schema-problems.ts'
import { listNames } from './list-names.ts'
import { ofPlan, type PlanProblem } from './plan-problem.ts'

/** What a plan says of the task's inputs and cannot hold. */
export const inputProblems = (
  { inputSchemas = {} }: PlanDraft,
  { inputNames }: { inputNames: readonly string[] },
): PlanProblem[] =>
  Object.entries(inputSchemas).flatMap(([name, schema]) => [
    ...(inputNames.includes(name)
      ? []
      : [
          ofPlan(
            'no-such-input',
            `input "${name}": the task has no such input; it has ${listNames(inputNames)}`,
          ),
        ]),
    ...schemaProblems(schema).map((problem) =>
      ofPlan('input-schema', `input "${name}": its schema cannot be: ${problem}`),
    ),
  ])
