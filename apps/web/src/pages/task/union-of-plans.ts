import type { BornTask, PlanVersion, Task } from '@maestro/task-model/task'
import type { Link, Outline } from '../../graph/layout.ts'
import { partLinks } from '../../graph/part-links.ts'

export type PlanUnion = {
  /** The steps of all approved versions together, and what they became. Each step keeps the needs of its newest version. */
  readonly outline: Outline
  /** Steps of versions that were given up: an older position may show them, but they shape nothing. */
  readonly givenUp: { readonly ids: readonly string[]; readonly links: readonly Link[] }
}

/** All that the graph of this task may show at any position of its history, as far as its versions tell. */
export const unionOfPlans = (task: Task): PlanUnion => {
  if (task.status === 'unborn')
    return {
      outline: { ids: [], links: [], labelled: new Set() },
      givenUp: { ids: [], links: [] },
    }
  const shaping = shapingVersions(task)
  const others = task.versions
    .filter((version) => version.complete && !shaping.includes(version))
    .toReversed()
  const held = stepsOf(shaping)
  const all = stepsOf([...shaping, ...others])
  const parts = partLinks(task)
  return {
    outline: {
      ids: [...held.keys(), ...parts.map(({ to }) => to)],
      links: [...linksOf(held), ...parts],
      labelled: new Set(
        [...held.values()].flatMap(({ stepId, when }) => (when === undefined ? [] : [stepId])),
      ),
    },
    givenUp: { ids: [...all.keys()], links: linksOf(all) },
  }
}

/** The plan that holds and those that it was made from by edits, the newest first; before one holds, the newest proposal. */
const shapingVersions = ({ versions, planVersion }: BornTask): readonly PlanVersion[] => {
  const complete = versions.filter((version) => version.complete)
  const byNumber = new Map(complete.map((one) => [one.version, one]))
  const found: PlanVersion[] = []
  let next = planVersion === null ? complete.at(-1) : byNumber.get(planVersion)
  while (next !== undefined && !found.includes(next)) {
    found.push(next)
    next = planVersion === null || next.editOf === undefined ? undefined : byNumber.get(next.editOf)
  }
  return found
}

type PlannedStep = PlanVersion['steps'][number]

const stepsOf = (versions: readonly PlanVersion[]): ReadonlyMap<string, PlannedStep> => {
  const steps = new Map<string, PlannedStep>()
  for (const version of versions)
    for (const step of version.steps) if (!steps.has(step.stepId)) steps.set(step.stepId, step)
  return steps
}

const linksOf = (steps: ReadonlyMap<string, PlannedStep>): readonly Link[] =>
  [...steps].flatMap(([to, { needs }]) => needs.map((from) => ({ from, to })))
