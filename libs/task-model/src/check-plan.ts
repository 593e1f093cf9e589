import type { PlanDraft, StepDraft } from '@maestro/contracts/task/plan-draft'

export type PlanWorld = { toolNames: readonly string[]; inputNames: readonly string[] }

/**
 * What is wrong with a plan by the rules of graphs: found by code, so that no model is paid to find
 * it. Empty when nothing is. Each problem is a sentence that says where and what.
 */
export const checkPlan = (draft: PlanDraft, world: PlanWorld): string[] => [
  ...twice(draft.agents.map(({ name }) => name)).map((name) => `agents: "${name}" is there twice`),
  ...twice(draft.steps.map(({ name }) => name)).map((name) => `steps: "${name}" is there twice`),
  ...draft.agents.flatMap(({ name, tools }) =>
    tools
      .filter((tool) => !world.toolNames.includes(tool))
      .map(
        (tool) => `agent "${name}": there is no tool "${tool}"; there are ${list(world.toolNames)}`,
      ),
  ),
  ...draft.steps.flatMap((step) => stepProblems(step, draft, world)),
  ...cycleProblems(draft.steps),
  ...resultProblems(draft),
]

/** The step that delivers the result: the one that is named, or the only one that no other needs. */
export const resultOf = ({ steps, result }: PlanDraft): string | null => {
  if (result !== null) return result
  const sinks = sinksOf(steps)
  return sinks.length === 1 ? (sinks[0] ?? null) : null
}

const stepProblems = (
  step: StepDraft,
  { agents, steps }: PlanDraft,
  world: PlanWorld,
): string[] => {
  const at = `step "${step.name}"`
  const agent = agents.find(({ name }) => name === step.agent)
  return [
    ...(agent ? [] : [`${at}: there is no agent "${step.agent}"`]),
    ...(agent && step.promise.from === 'tool' && agent.tools.length === 0
      ? [`${at}: its output comes from a tool, but agent "${step.agent}" has none`]
      : []),
    ...step.needs
      .filter((need) => !steps.some(({ name }) => name === need))
      .map((need) => `${at}: it needs "${need}", and there is no such step`),
    ...twice(step.needs).map((need) => `${at}: it needs "${need}" twice`),
    ...step.inputs
      .filter((input) => !world.inputNames.includes(input))
      .map((input) => `${at}: the task has no input "${input}"; it has ${list(world.inputNames)}`),
  ]
}

/** Takes away steps that need nothing that is left, until none can be taken: what remains lies on a cycle or behind one. */
const cycleProblems = (steps: readonly StepDraft[]): string[] => {
  const names = new Set(steps.map(({ name }) => name))
  const waiting = new Map(
    steps.map((step) => [step.name, new Set(step.needs.filter((need) => names.has(need)))]),
  )
  const neededBy = new Map<string, string[]>()
  for (const { name, needs } of steps) {
    for (const need of needs) neededBy.set(need, [...(neededBy.get(need) ?? []), name])
  }
  const free = [...waiting].filter(([, needs]) => needs.size === 0).map(([name]) => name)
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    waiting.delete(name)
    for (const next of neededBy.get(name) ?? []) {
      const needs = waiting.get(next)
      needs?.delete(name)
      if (needs?.size === 0) free.push(next)
    }
  }
  if (waiting.size === 0) return []
  return [`steps: ${list([...waiting.keys()])} need each other in a circle`]
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

const twice = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
]

const list = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.map((name) => `"${name}"`).join(', ')
