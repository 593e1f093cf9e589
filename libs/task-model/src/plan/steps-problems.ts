import type { AgentDraft, PlanDraft, StepDraft } from '@maestro/contracts/task/plan-draft'
import { runawayLimits } from '@maestro/contracts/task/task-options'
import { promisedBy, promisedOnce } from '../promise/promised-by.ts'
import type { Promised } from '../promise/reading-problems.ts'
import { cycleProblems } from './cycle-problems.ts'
import { expressionProblems } from './expression-problems.ts'
import { listNames } from './list-names.ts'
import { modeProblems } from './mode-problems.ts'
import { namesTwice } from './names-twice.ts'
import { ofPlan, type PlanProblem, type PlanRule } from './plan-problem.ts'
import { promiseProblems } from './promise-problems.ts'
import { resultProblems } from './result-problems.ts'
import { subPlanProblems } from './sub-plan-problems.ts'

export type PlanWorld = {
  toolNames: readonly string[]
  inputNames: readonly string[]
  /** Left out: what a plan can hold. */
  stepsMax?: number
  /** Left out: what any task takes. */
  depthMax?: number
  fanOutMax?: number
}

/** What is the same for all steps of a plan, and of the plans in it. */
type Around = PlanWorld & {
  agents: ReadonlyMap<string, AgentDraft>
  /** Steps around the plan that its steps may need, by what they promise. */
  outside: ReadonlyMap<string, Promised>
  depth: number
}

/** Of the task's plan, or of one that a step holds. */
export const stepsProblems = (
  plan: Pick<PlanDraft, 'steps' | 'result'>,
  around: Around,
): PlanProblem[] => {
  const { steps } = plan
  const promised = new Map([
    ...around.outside,
    ...steps.map((step): [string, Promised] => [step.name, promisedBy(step)]),
  ])
  return [
    ...namesTwice(steps.map(({ name }) => name)).map((name): PlanProblem => ({
      rule: 'name-twice',
      step: name,
      words: `steps: "${name}" is there twice`,
    })),
    ...steps.flatMap((step) => stepProblems(step, promised, around)),
    ...cycleProblems(steps),
    ...resultProblems(plan),
  ]
}

const stepProblems = (
  step: StepDraft,
  promised: ReadonlyMap<string, Promised>,
  around: Around,
): PlanProblem[] => {
  const { inputNames, agents, depth } = around
  const { depthMax = runawayLimits.depthMax, fanOutMax = runawayLimits.fanOutMax } = around
  const agent = agents.get(step.agent)
  const all = (rule: PlanRule, problems: readonly string[]) =>
    problems.map((problem) => ofPlan(rule, problem))
  const own = [
    ...all('no-such-agent', agent ? [] : [`there is no agent "${step.agent}"`]),
    ...all(
      'promise',
      agent && step.promise.from === 'tool' && agent.tools.length === 0
        ? [`its output comes from a tool, but agent "${step.agent}" has none`]
        : [],
    ),
    ...step.needs
      .filter((need) => !promised.has(need))
      .map((need) => ofPlan('no-such-step', `it needs "${need}", and there is no such step`)),
    ...namesTwice(step.needs).map((need) => ofPlan('need-twice', `it needs "${need}" twice`)),
    ...step.inputs
      .filter((input) => !inputNames.includes(input))
      .map((input) =>
        ofPlan(
          'no-such-input',
          `the task has no input "${input}"; it has ${listNames(inputNames)}`,
        ),
      ),
    ...all(
      'mode',
      modeProblems(step, agents).map((problem) => `its mode cannot be: ${problem}`),
    ),
    ...all(
      'promise',
      promiseProblems(step).map((problem) => `its promise cannot be: ${problem}`),
    ),
    ...all('expression', expressionProblems(step, { promised, own: promisedOnce(step) })),
    ...all('sub-plan', subPlanProblems(step, { depth: depth + 1, depthMax, fanOutMax })),
    ...heldProblems(step, promised, around),
  ]
  // Whoever looks for it finds the step of the task's plan; the words say which of those that it holds.
  return own.map(({ rule, words }) => ({
    rule,
    step: step.name,
    words: `step "${step.name}": ${words}`,
  }))
}

/** Of the plan that the step holds. */
const heldProblems = (
  step: StepDraft,
  promised: ReadonlyMap<string, Promised>,
  around: Around,
): PlanProblem[] => {
  if (step.subPlan === undefined) return []
  // What a step needs, the steps of its plan may need as well.
  const outside = new Map([...promised].filter(([name]) => step.needs.includes(name)))
  return stepsProblems(step.subPlan, { ...around, outside, depth: around.depth + 1 })
}
