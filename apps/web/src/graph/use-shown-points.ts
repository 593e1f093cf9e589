import { useMemo } from 'react'
import type { Layout, Point } from './layout.ts'
import type { Graph } from './to-graph.ts'

/** Cards of other positions have places as well; what is not shown is nobody's neighbour. */
export const useShownPoints = (
  nodes: Graph['nodes'],
  { points }: Layout,
): ReadonlyMap<string, Point> =>
  useMemo(() => {
    const known = nodes.flatMap(({ stepId }) => {
      const point = points.get(stepId)
      return point === undefined ? [] : [[stepId, point] as const]
    })
    return new Map<string, Point>(known)
  }, [nodes, points])
