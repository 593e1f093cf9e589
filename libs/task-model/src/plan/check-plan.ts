import type { AgentDraft, PlanDraft, StepDraft } from '@maestro/contracts/task/plan-draft'
import { runawayLimits } from '@maestro/contracts/task/task-options'
import { promisedBy, promisedOnce } from '../promise/promised-by.ts'
import { type Promised, readingProblem, type Visible } from '../promise/reading-problems.ts'
import { schemaProblems } from '../promise/schema-problems.ts'
import { sinksOf } from './result-of.ts'
import { countOf, subPlanProblems } from './sub-plan-problems.ts'

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

/**
 * What is wrong with a plan by the rules of graphs: found by code, so that no model is paid to find
 * it. Empty when nothing is. Each problem is a sentence that says where and what.
 */
export const checkPlan = (draft: PlanDraft, world: PlanWorld): string[] => {
  const agents = new Map(draft.agents.map((agent) => [agent.name, agent]))
  const count = countOf(draft.steps)
  return [
    ...twice(draft.agents.map(({ name }) => name)).map(
      (name) => `agents: "${name}" is there twice`,
    ),
    ...draft.agents.flatMap(({ name, tools }) =>
      tools
        .filter((tool) => !world.toolNames.includes(tool))
        .map(
          (tool) =>
            `agent "${name}": there is no tool "${tool}"; there are ${list(world.toolNames)}`,
        ),
    ),
    ...(count > (world.stepsMax ?? count)
      ? [`steps: there are ${count}, and this task takes at most ${world.stepsMax}`]
      : []),
    ...inputProblems(draft, world),
    ...stepsProblems(draft, { ...world, agents, outside: new Map(), depth: 1 }),
  ]
}

const inputProblems = ({ inputSchemas = {} }: PlanDraft, { inputNames }: PlanWorld): string[] =>
  Object.entries(inputSchemas).flatMap(([name, schema]) => [
    ...(inputNames.includes(name)
      ? []
      : [`input "${name}": the task has no such input; it has ${list(inputNames)}`]),
    ...schemaProblems(schema).map((problem) => `input "${name}": its schema cannot be: ${problem}`),
  ])

/** Of the task's plan, or of one that a step holds. */
const stepsProblems = (plan: Pick<PlanDraft, 'steps' | 'result'>, around: Around): string[] => {
  const { steps } = plan
  const promised = new Map([
    ...around.outside,
    ...steps.map((step): [string, Promised] => [step.name, promisedBy(step)]),
  ])
  return [
    ...twice(steps.map(({ name }) => name)).map((name) => `steps: "${name}" is there twice`),
    ...steps.flatMap((step) => stepProblems(step, promised, around)),
    ...cycleProblems(steps),
    ...resultProblems(plan),
  ]
}

const stepProblems = (
  step: StepDraft,
  promised: ReadonlyMap<string, Promised>,
  around: Around,
): string[] => {
  const { inputNames, agents, depth } = around
  const { depthMax = runawayLimits.depthMax, fanOutMax = runawayLimits.fanOutMax } = around
  const at = `step "${step.name}"`
  const agent = agents.get(step.agent)
  const own = [
    ...(agent ? [] : [`there is no agent "${step.agent}"`]),
    ...(agent && step.promise.from === 'tool' && agent.tools.length === 0
      ? [`its output comes from a tool, but agent "${step.agent}" has none`]
      : []),
    ...step.needs
      .filter((need) => !promised.has(need))
      .map((need) => `it needs "${need}", and there is no such step`),
    ...twice(step.needs).map((need) => `it needs "${need}" twice`),
    ...step.inputs
      .filter((input) => !inputNames.includes(input))
      .map((input) => `the task has no input "${input}"; it has ${list(inputNames)}`),
    ...modeProblems(step, agents).map((problem) => `its mode cannot be: ${problem}`),
    ...promiseProblems(step).map((problem) => `its promise cannot be: ${problem}`),
    ...conditionProblems(step, { promised, own: promisedOnce(step) }),
    ...subPlanProblems(step, { depth: depth + 1, depthMax, fanOutMax }),
    ...(step.subPlan === undefined
      ? []
      : stepsProblems(step.subPlan, {
          ...around,
          outside: seenFrom(step, promised),
          depth: depth + 1,
        })),
  ]
  return own.map((problem) => `${at}: ${problem}`)
}

/** What a step needs, the steps of its plan may need as well. */
const seenFrom = ({ needs }: StepDraft, promised: ReadonlyMap<string, Promised>) =>
  new Map([...promised].filter(([name]) => needs.includes(name)))

const promiseProblems = ({ promise: { format, schema, from } }: StepDraft): string[] => {
  if (schema === undefined) return []
  if (format !== 'json') return [`it has a schema, and ${format} has none: promise json`]
  // No wire asks a model for anything else by a schema.
  if (from === 'answer' && schema['type'] !== 'object')
    return ['its schema: an agent delivers an object; put a list into one of its properties']
  return schemaProblems(schema).map((problem) => `its schema: ${problem}`)
}

const modeProblems = (
  { mode, promise, agent }: StepDraft,
  agents: ReadonlyMap<string, AgentDraft>,
): string[] => {
  if (mode === undefined || mode.kind === 'single') return []
  return [
    ...(promise.from === 'tool'
      ? ['its output is what a tool answers, which nobody writes anew']
      : []),
    ...(mode.kind === 'collaborative' ? mode.agents : []).flatMap((name) =>
      name === agent
        ? [`"${name}" is the agent of the step already`]
        : agents.has(name)
          ? []
          : [`there is no agent "${name}"`],
    ),
    ...(mode.kind === 'collaborative' ? twice(mode.agents) : []).map(
      (name) => `"${name}" is there twice`,
    ),
  ]
}

const conditionProblems = (step: StepDraft, visible: Visible): string[] => {
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

/**
 * Takes away steps that need nothing that is left, then those that nothing left needs, until none
 * can be taken: what remains lies on a cycle, or between two of them.
 */
const cycleProblems = (steps: readonly StepDraft[]): string[] => {
  const names = new Set(steps.map(({ name }) => name))
  const links = steps.flatMap(({ name, needs }) =>
    needs.filter((need) => names.has(need)).map((need): Link => ({ from: need, to: name })),
  )
  const behind = withoutFree(names, links)
  const circling = withoutFree(
    behind,
    links
      .filter(({ from, to }) => behind.has(from) && behind.has(to))
      .map(({ from, to }) => ({ from: to, to: from })),
  )
  return circling.size === 0 ? [] : [`steps: ${list([...circling])} need each other in a circle`]
}

type Link = { from: string; to: string }

/** The names that are left when those without a link to them are taken away, again and again. */
const withoutFree = (names: ReadonlySet<string>, links: readonly Link[]): Set<string> => {
  const left = new Set(names)
  const linksTo = Map.groupBy(links, ({ to }) => to)
  const linksFrom = Map.groupBy(links, ({ from }) => from)
  const counts = new Map([...names].map((name) => [name, linksTo.get(name)?.length ?? 0]))
  const free = [...names].filter((name) => counts.get(name) === 0)
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    left.delete(name)
    for (const { to } of linksFrom.get(name) ?? []) {
      const count = (counts.get(to) ?? 0) - 1
      counts.set(to, count)
      if (count === 0) free.push(to)
    }
  }
  return left
}

const resultProblems = ({ steps, result }: Pick<PlanDraft, 'steps' | 'result'>): string[] => {
  if (result !== null) {
    return steps.some(({ name }) => name === result) ? [] : [`result: there is no step "${result}"`]
  }
  const sinks = sinksOf(steps)
  if (sinks.length <= 1) return []
  return [
    `result: several steps end the plan (${list(sinks)}); name the one that delivers the result`,
  ]
}

const twice = (names: readonly string[]): string[] =>
  [...Map.groupBy(names, (name) => name)].flatMap(([name, all]) => (all.length > 1 ? [name] : []))

const list = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ')
