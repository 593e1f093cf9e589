import { reachedFrom } from '@maestro/task-model/plan/reached-from'
import { cardWidth } from './column-places.ts'
import type { GraphEdge } from './to-graph.ts'
import type { Point } from './layout.ts'

/** A step with everything before and after it. */
export const lineageOf = (stepId: string, edges: readonly GraphEdge[]): ReadonlySet<string> => {
  const reach = (from: 'from' | 'to', to: 'from' | 'to') => {
    const next = Map.groupBy(edges, (edge): string => edge[from])
    return reachedFrom([stepId], (id) => next.get(id)?.map((edge): string => edge[to]) ?? [])
  }
  return new Set([...reach('from', 'to'), ...reach('to', 'from')])
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/** Where an arrow key leads: along an edge, or to the card beside in the same column. */
export const neighbourOf = (
  stepId: string,
  direction: Direction,
  edges: readonly GraphEdge[],
  points: ReadonlyMap<string, Point>,
): string | null => {
  const here = points.get(stepId)
  if (here === undefined) return null
  const distance = (id: string) => Math.abs((points.get(id)?.y ?? 0) - here.y)
  const candidates =
    direction === 'left' || direction === 'right'
      ? edges.flatMap(({ from, to }) =>
          direction === 'right' && from === stepId
            ? [to as string]
            : direction === 'left' && to === stepId
              ? [from as string]
              : [],
        )
      : [...points].flatMap(([id, { x, y }]) =>
          id !== stepId &&
          Math.abs(x - here.x) < cardWidth &&
          (direction === 'down' ? y > here.y : y < here.y)
            ? [id]
            : [],
        )
  return candidates.toSorted((one, other) => distance(one) - distance(other))[0] ?? null
}
