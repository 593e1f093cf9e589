import { useMemo, useRef } from 'react'
import { type Layout, layoutGraph } from '../../graph/layout.ts'
import { useView } from './task-context.ts'
import { unionOfPlans } from './union-of-plans.ts'

/** Where every step of this task stands, at every moment of its history. */
export const usePlanLayout = (): Layout => {
  const headTask = useView((view) => view.headTask)
  const last = useRef<{ key: string; layout: Layout } | null>(null)
  return useMemo(() => {
    const { ids, links } = unionOfPlans(headTask)
    const key = `${ids.join()}|${links.map(({ from, to }) => `${from}>${to}`).join()}`
    // Almost every event leaves the plan as it is: then nothing is laid out again.
    if (last.current?.key !== key) last.current = { key, layout: layoutGraph(ids, links) }
    return last.current.layout
  }, [headTask])
}
