import { stepStatusLook } from '../ui/status-look.ts'
import type { Graph } from './to-graph.ts'

/** What the selected card says, for those who hear it. */
export const describeGraph = ({ nodes, edges }: Graph, selected: string | null): string => {
  const node = nodes.find(({ stepId }) => stepId === selected)
  if (node === undefined) return 'No step is selected.'
  const before = edges.filter(({ to }) => to === node.stepId).length
  const after = edges.filter(({ from }) => from === node.stepId).length
  const status = stepStatusLook[node.status].label.toLowerCase()
  return `Step ${node.number} of ${nodes.length}, ${node.title}, ${status}, ${before} before, ${after} after.`
}
