import { type Layout, layoutGraph } from './layout.ts'
import type { Graph } from './to-graph.ts'

/** The layout of a plan that is looked at by itself, with room for its conditions. */
export const layoutOfGraph = ({ nodes, edges }: Pick<Graph, 'nodes' | 'edges'>): Layout =>
  layoutGraph({
    ids: nodes.map(({ stepId }) => stepId),
    links: edges,
    labelled: new Set(
      nodes.flatMap(({ stepId, condition }) => (condition === undefined ? [] : [stepId])),
    ),
  })
