import { type EdgeProps, ViewportPortal } from '@xyflow/react'
import { memo, useState } from 'react'
import { formatBytes } from '../ui/format-count.ts'
import { edgePath } from './edge-path.ts'
import type { Point } from './layout.ts'
import type { GraphEdge } from './to-graph.ts'

export type PlanEdgeData = {
  link: GraphEdge
  /** The condition in few words, at one edge of each step that has one. */
  label: string | null
  /** The whole of it. */
  condition: string | null
  isRunning: boolean
  /** To or from a step that is left out. */
  isOff: boolean
  isDimmed: boolean
  way: readonly Point[]
}

/** A dependency. Only edges into running steps move; what passes along it, and on what condition, shows on hover. */
export const PlanEdge = memo(({ sourceX, sourceY, targetX, targetY, data }: EdgeProps) => {
  const { link, label, condition, isRunning, isOff, isDimmed, way } = data as PlanEdgeData
  const [isHovered, setIsHovered] = useState(false)
  const [from, to] = [
    { x: sourceX, y: sourceY },
    { x: targetX, y: targetY },
  ]
  const path = edgePath(from, way, to)
  const words = [
    link.bytes !== undefined && `${formatBytes(link.bytes)} pass`,
    condition !== null && `only if ${condition}`,
    link.isCritical === true && 'critical path',
  ].filter((word) => word !== false)
  return (
    <g
      className="plan-edge"
      data-conditional={link.isConditional === true}
      data-critical={link.isCritical === true}
      data-change={link.change}
      data-running={isRunning}
      data-off={isOff}
      data-dimmed={isDimmed}
      onPointerEnter={() => setIsHovered(true)}
      onPointerLeave={() => setIsHovered(false)}
    >
      <path d={path} className="plan-edge-line" />
      <path d={path} className="plan-edge-reach" />
      {label !== null && (
        <text x={to.x - 10} y={to.y - 8} textAnchor="end" className="plan-edge-label">
          {label}
        </text>
      )}
      {isHovered && words.length > 0 && (
        <ViewportPortal>
          <EdgeHint at={way[Math.floor(way.length / 2)] ?? middleOf(from, to)} words={words} />
        </ViewportPortal>
      )}
    </g>
  )
})

const middleOf = (one: Point, other: Point): Point => ({
  x: (one.x + other.x) / 2,
  y: (one.y + other.y) / 2,
})

const EdgeHint = ({ at: { x, y }, words }: { at: Point; words: readonly string[] }) => (
  <p
    className="plan-edge-hint tnum"
    style={{ transform: `translate(-50%, -100%) translate(${x}px, ${y - 6}px)` }}
  >
    {words.join(' · ')}
  </p>
)
