import type { StepDraft } from '@maestro/contracts/task/plan-draft'
import { listNames } from './list-names.ts'
import type { PlanProblem } from './plan-problem.ts'

/**
 * Takes away steps that need nothing that is left, then those that nothing left needs, until none
 * can be taken: what remains lies on a cycle, or between two of them.
 */
export const cycleProblems = (steps: readonly StepDraft[]): PlanProblem[] => {
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
  const circle = [...circling]
  if (circle.length === 0) return []
  const words = `steps: ${listNames(circle)} need each other in a circle`
  return [{ rule: 'cycle', step: circle[0] ?? null, words, circle }]
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
