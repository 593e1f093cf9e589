import type { AgentDraft, PlanDraft, StepDraft } from '@maestro/contracts/task/plan-draft'
import { problemOfCondition, problemOfList, problemOfWhile } from './condition.ts'

export type PlanWorld = {
  toolNames: readonly string[]
  inputNames: readonly string[]
  /** Left out: what a plan can hold. */
  stepsMax?: number
}

/**
 * What is wrong with a plan by the rules of graphs: found by code, so that no model is paid to find
 * it. Empty when nothing is. Each problem is a sentence that says where and what.
 */
export const checkPlan = (draft: PlanDraft, world: PlanWorld): string[] => {
  const agents = new Map(draft.agents.map((agent) => [agent.name, agent]))
  const stepNames = new Set(draft.steps.map(({ name }) => name))
  const there = { ...world, agents, stepNames }
  return [
    ...twice(draft.agents.map(({ name }) => name)).map(
      (name) => `agents: "${name}" is there twice`,
    ),
    ...twice(draft.steps.map(({ name }) => name)).map((name) => `steps: "${name}" is there twice`),
    ...draft.agents.flatMap(({ name, tools }) =>
      tools
        .filter((tool) => !world.toolNames.includes(tool))
        .map(
          (tool) =>
            `agent "${name}": there is no tool "${tool}"; there are ${list(world.toolNames)}`,
        ),
    ),
    ...(draft.steps.length > (world.stepsMax ?? draft.steps.length)
      ? [`steps: there are ${draft.steps.length}, and this task takes at most ${world.stepsMax}`]
      : []),
    ...draft.steps.flatMap((step) => stepProblems(step, there)),
    ...cycleProblems(draft.steps),
    ...resultProblems(draft),
  ]
}

/** The step that delivers the result: the one that is named, or the only one that no other needs. */
export const resultOf = ({ steps, result }: PlanDraft): string | null => {
  if (result !== null) return result
  const sinks = sinksOf(steps)
  return sinks.length === 1 ? (sinks[0] ?? null) : null
}

const stepProblems = (
  step: StepDraft,
  {
    inputNames,
    agents,
    stepNames,
  }: PlanWorld & { agents: ReadonlyMap<string, AgentDraft>; stepNames: ReadonlySet<string> },
): string[] => {
  const at = `step "${step.name}"`
  const agent = agents.get(step.agent)
  return [
    ...(agent ? [] : [`${at}: there is no agent "${step.agent}"`]),
    ...(agent && step.promise.from === 'tool' && agent.tools.length === 0
      ? [`${at}: its output comes from a tool, but agent "${step.agent}" has none`]
      : []),
    ...step.needs
      .filter((need) => !stepNames.has(need))
      .map((need) => `${at}: it needs "${need}", and there is no such step`),
    ...twice(step.needs).map((need) => `${at}: it needs "${need}" twice`),
    ...step.inputs
      .filter((input) => !inputNames.includes(input))
      .map((input) => `${at}: the task has no input "${input}"; it has ${list(inputNames)}`),
    ...modeProblems(step, agents).map((problem) => `${at}: its mode cannot be: ${problem}`),
    ...conditionProblems(step).map((problem) => `${at}: ${problem}`),
  ]
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

const conditionProblems = ({ when, forEach, repeat, needs }: StepDraft): string[] => {
  const condition = when === undefined ? null : problemOfCondition(when, needs)
  const list = forEach === undefined ? null : problemOfList(forEach.list, needs)
  const again = repeat === undefined ? null : problemOfWhile(repeat.while, needs)
  return [
    ...(condition === null ? [] : [`its condition cannot be: ${condition}`]),
    ...(list === null ? [] : [`its list cannot be: ${list}`]),
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

const resultProblems = ({ steps, result }: PlanDraft): string[] => {
  if (result !== null) {
    return steps.some(({ name }) => name === result) ? [] : [`result: there is no step "${result}"`]
  }
  const sinks = sinksOf(steps)
  if (sinks.length <= 1) return []
  return [
    `result: several steps end the plan (${list(sinks)}); name the one that delivers the result`,
  ]
}

const sinksOf = (steps: readonly StepDraft[]): string[] => {
  const needed = new Set(steps.flatMap(({ needs }) => needs))
  return steps.map(({ name }) => name).filter((name) => !needed.has(name))
}

const twice = (names: readonly string[]): string[] =>
  [...Map.groupBy(names, (name) => name)].flatMap(([name, all]) => (all.length > 1 ? [name] : []))

const list = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ')
