import type { Graph } from './to-graph.ts'

/** Of step → status: two pictures with the same hash show the same state, however they are drawn. */
export const graphHash = ({ nodes }: Pick<Graph, 'nodes'>): string => {
  // FNV-1a over UTF-16 units: quick, and a difference anywhere changes it.
  let hash = 0x811c9dc5
  for (const { stepId, status } of nodes)
    for (const character of `${stepId}=${status};`) {
      hash ^= character.charCodeAt(0)
      hash = Math.imul(hash, 0x01000193)
    }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
