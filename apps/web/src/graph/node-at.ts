import { cardHeight, cardWidth } from './column-places.ts'
import type { Point } from './layout.ts'
import type { GraphNode } from './to-graph.ts'

/** Whose card is at a point of the plan; of two that overlap, the one that is drawn above. */
export const nodeAt = (
  nodes: readonly GraphNode[],
  points: ReadonlyMap<string, Point>,
  { x, y }: Point,
): GraphNode | null =>
  nodes.findLast(({ stepId }) => {
    const at = points.get(stepId)
    return (
      at !== undefined && x >= at.x && x <= at.x + cardWidth && y >= at.y && y <= at.y + cardHeight
    )
  }) ?? null
