import type { Edge } from '@xyflow/react'
import { useMemo } from 'react'
import { conditionLabels } from './condition-labels.ts'
import { isOff } from './is-off.ts'
import { type Layout, linkKey } from './layout.ts'
import type { PlanEdgeData } from './PlanEdge.tsx'
import { fixedShape, type StepNode } from './StepNode.tsx'
import type { Graph } from './to-graph.ts'

const noWay: readonly never[] = []
const isBusy = (status: string) => status === 'running' || status === 'retrying'

/** The graph in React Flow's words. Selecting a step dims all but what is before and after it. */
export const useFlowElements = (
  { nodes: steps, edges: links }: Graph,
  { points, ways }: Layout,
  selected: string | null,
  lineage: ReadonlySet<string> | null,
): { nodes: StepNode[]; edges: Edge<PlanEdgeData>[] } => {
  const nodes = useMemo(
    () =>
      steps.map((node): StepNode => ({
        ...fixedShape,
        id: node.stepId,
        type: 'step',
        position: points.get(node.stepId) ?? { x: 0, y: 0 },
        draggable: false,
        connectable: false,
        data: {
          node,
          isSelected: node.stepId === selected,
          isDimmed: lineage?.has(node.stepId) === false,
        },
      })),
    [steps, points, selected, lineage],
  )
  const edges = useMemo(() => {
    const off = new Set(steps.flatMap(({ stepId, status }) => (isOff(status) ? [stepId] : [])))
    const busy = new Set(steps.flatMap(({ stepId, status }) => (isBusy(status) ? [stepId] : [])))
    const conditions = new Map(steps.map(({ stepId, condition }) => [stepId, condition]))
    const labels = conditionLabels(steps, links)
    return links.map((link) => {
      const { id, from, to } = link
      return {
        id,
        type: 'plan',
        source: from,
        target: to,
        data: {
          link,
          way: ways.get(linkKey(link)) ?? noWay,
          label: labels.get(id) ?? null,
          condition: link.isConditional === true ? (conditions.get(to) ?? null) : null,
          isRunning: busy.has(to),
          isOff: off.has(to) || off.has(from),
          isDimmed: lineage !== null && !(lineage.has(from) && lineage.has(to)),
        },
      }
    })
  }, [steps, links, ways, lineage])
  return { nodes, edges }
}
