import type { PlanDraft } from '@maestro/contracts/task/plan-draft'
import { inputProblems } from './input-problems.ts'
import { listNames } from './list-names.ts'
import { namesTwice } from './names-twice.ts'
import { ofPlan, type PlanProblem } from './plan-problem.ts'
import { type PlanWorld, stepsProblems } from './steps-problems.ts'
import { countOf } from './sub-plan-problems.ts'

/**
 * What is wrong with a plan by the rules of graphs: found by code, so that no model is paid to find
 * it. Empty when nothing is.
 */
export const planProblems = (draft: PlanDraft, world: PlanWorld): PlanProblem[] => {
  const agents = new Map(draft.agents.map((agent) => [agent.name, agent]))
  const count = countOf(draft.steps)
  return [
    ...namesTwice(draft.agents.map(({ name }) => name)).map((name) =>
      ofPlan('name-twice', `agents: "${name}" is there twice`),
    ),
    ...draft.agents.flatMap(({ name, tools }) =>
      tools
        .filter((tool) => !world.toolNames.includes(tool))
        .map((tool) =>
          ofPlan(
            'no-such-tool',
            `agent "${name}": there is no tool "${tool}"; there are ${listNames(world.toolNames)}`,
          ),
        ),
    ),
    ...(count > (world.stepsMax ?? count)
      ? [
          ofPlan(
            'too-many-steps',
            `steps: there are ${count}, and this task takes at most ${world.stepsMax}`,
          ),
        ]
      : []),
    ...inputProblems(draft, world),
    ...stepsProblems(draft, { ...world, agents, outside: new Map(), depth: 1 }),
  ]
}

/** Each problem as a sentence that says where and what. */
export const checkPlan = (draft: PlanDraft, world: PlanWorld): string[] =>
  planProblems(draft, world).map(({ words }) => words)
