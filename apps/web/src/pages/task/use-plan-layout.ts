import { useMemo } from 'react'
import { type Layout, layoutGraph } from '../../graph/layout.ts'
import { placeStrays } from '../../graph/place-strays.ts'
import type { Graph } from '../../graph/to-graph.ts'
import type { TaskSession } from '../../live/task-session.ts'
import { useTaskSession, useView } from './task-context.ts'
import { createSteadyUnion } from './steady-union.ts'
import type { PlanUnion } from './union-of-plans.ts'

type Placed = { readonly key: string; readonly layout: Layout }

/** A place that a card was given is kept while the page of its task is open, whichever view is looked at. */
const placed = new WeakMap<TaskSession, Placed>()

const keyOf = ({ outline: { ids, links }, givenUp }: PlanUnion) =>
  `${ids.join()}|${links.map(({ from, to }) => `${from}>${to}`).join()}|${givenUp.ids.join()}`

/** Where every step of this task stands, at every moment of its history. */
export const usePlanLayout = (graph: Graph): Layout => {
  const session = useTaskSession()
  const read = useMemo(() => ({ session, of: createSteadyUnion() }), [session])
  const union = useView(({ headTask }) => read.of(headTask))
  const ofPlans = useMemo((): Placed => {
    const key = keyOf(union)
    const known = placed.get(session)
    // Almost every event leaves the plan as it is: then nothing is laid out again.
    if (known?.key === key) return known
    const layout = layoutGraph(union.outline)
    return { key, layout: placeStrays(layout, union.givenUp.ids, union.givenUp.links) }
  }, [session, union])
  return useMemo(() => {
    const known = placed.get(session)
    const before = known?.key === ofPlans.key ? known.layout : ofPlans.layout
    // A run that was begun anew is known only where the position shows it.
    const layout = placeStrays(
      before,
      graph.nodes.map(({ stepId }) => stepId),
      graph.edges,
    )
    placed.set(session, { key: ofPlans.key, layout })
    return layout
  }, [session, ofPlans, graph])
}
