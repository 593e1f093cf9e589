import { stepStatusLook } from '../ui/status-look.ts'
import { factSentences } from './fact-sentences.ts'
import type { Graph, GraphNode } from './to-graph.ts'

/** What the selected card says, for those who hear it; then what its edges show. */
export const describeGraph = ({ nodes, edges }: Graph, selected: string | null): string => {
  const node = selected === null ? undefined : nodes.find(({ stepId }) => stepId === selected)
  if (node === undefined) return 'No step is selected.'
  const before = edges.filter(({ to }) => to === node.stepId)
  const after = edges.filter(({ from }) => from === node.stepId)
  const gets = before.reduce((sum, { bytes = 0 }) => sum + bytes, 0)
  return [
    `${headOf(node, nodes)}, ${before.length} before, ${after.length} after.`,
    ...factSentences({
      condition: node.condition,
      isCritical: node.isCritical,
      gets,
      gives: node.bytes,
    }),
  ].join(' ')
}

const headOf = (
  { section, number, title, status, attempt = 1, change }: GraphNode,
  nodes: readonly GraphNode[],
): string => {
  if (section !== undefined)
    return `${section.title}, ${section.stepIds.length} steps, ${countWords(section.counts)}`
  const words = change ?? stepStatusLook[status].label.toLowerCase()
  return `Step ${number} of ${countOf(nodes)}, ${title}, ${words}${attempt > 1 ? `, attempt ${attempt}` : ''}`
}

/** Those behind a section or a step that became several are counted as well. */
const countOf = (nodes: readonly GraphNode[]): number =>
  nodes.reduce(
    (count, { number }) => Math.max(count, number),
    nodes.reduce((sum, { section }) => sum + (section?.stepIds.length ?? 1), 0),
  )

const countWords = (counts: NonNullable<GraphNode['section']>['counts']): string =>
  Object.entries(stepStatusLook)
    .flatMap(([status, { label }]) => {
      const count = counts[status as keyof typeof counts] ?? 0
      return count === 0 ? [] : [`${count} ${label.toLowerCase()}`]
    })
    .join(', ')
