import { formatBytes } from '../ui/format-count.ts'
import type { EdgeShape } from './edge-shape.ts'
import type { GraphEdge } from './to-graph.ts'

type Props = { link: GraphEdge; shape: EdgeShape; condition: string | undefined }

/** What passes along an edge, and on what condition; nothing where there is nothing to say. */
export const EdgeHint = ({ link, shape: { from, to, way }, condition }: Props) => {
  const words = [
    link.bytes !== undefined && `${formatBytes(link.bytes)} pass`,
    link.isConditional === true && condition !== undefined && `only if ${condition}`,
    link.isCritical === true && 'critical path',
  ].filter((word) => word !== false)
  if (words.length === 0) return null
  const { x, y } = way[Math.floor(way.length / 2)] ?? {
    x: (from.x + to.x) / 2,
    y: (from.y + to.y) / 2,
  }
  return (
    <p
      className="plan-edge-hint tnum"
      style={{ transform: `translate(-50%, -100%) translate(${x}px, ${y - 6}px)` }}
    >
      {words.join(' · ')}
    </p>
  )
}
