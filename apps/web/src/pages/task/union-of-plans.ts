import type { Task } from '@maestro/task-model/task'
import { partLinks } from '../../graph/part-links.ts'

type Link = { readonly from: string; readonly to: string }

/** The steps of all plan versions together, and what they became. Each step keeps the needs of its newest version. */
export const unionOfPlans = (task: Task): { ids: readonly string[]; links: readonly Link[] } => {
  if (task.status === 'unborn') return { ids: [], links: [] }
  const complete = task.versions.filter((version) => version.complete)
  const held = complete.find(({ version }) => version === task.planVersion)
  // The plan that holds comes first, so that steps of given-up versions never shape it.
  const versions = held
    ? [held, ...complete.filter((version) => version !== held)]
    : complete.toReversed()
  const needs = new Map<string, readonly string[]>()
  for (const { steps } of versions)
    for (const step of steps) if (!needs.has(step.stepId)) needs.set(step.stepId, step.needs)
  const parts = partLinks(task)
  return {
    ids: [...needs.keys(), ...parts.map(({ to }) => to)],
    links: [
      ...[...needs].flatMap(([to, from]) => from.map((need) => ({ from: need, to }))),
      ...parts,
    ],
  }
}
