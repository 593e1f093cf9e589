import { memo, useMemo } from 'react'
import type { EdgeShape } from './edge-shape.ts'
import { edgePath } from './edge-path.ts'
import type { GraphEdge } from './to-graph.ts'

type Props = {
  link: GraphEdge
  shape: EdgeShape
  /** The condition in few words, at one edge of each step that has one. */
  label: string | null
  isRunning: boolean
  /** To or from a step that is left out. */
  isOff: boolean
  isDimmed: boolean
  onHover: (id: string | null) => void
}

/** A dependency. Only edges into running steps move. */
export const PlanEdge = memo(
  ({ link, shape, label, isRunning, isOff, isDimmed, onHover }: Props) => {
    const path = useMemo(() => edgePath(shape.from, shape.way, shape.to), [shape])
    return (
      <g
        className="plan-edge"
        data-conditional={link.isConditional === true}
        data-critical={link.isCritical === true}
        data-change={link.change}
        data-running={isRunning}
        data-off={isOff}
        data-dimmed={isDimmed}
        onPointerEnter={() => onHover(link.id)}
        onPointerLeave={() => onHover(null)}
      >
        <path d={path} className="plan-edge-line" />
        <path d={path} className="plan-edge-reach" />
        {label !== null && (
          <text x={shape.to.x - 10} y={shape.to.y - 8} textAnchor="end" className="plan-edge-label">
            {label}
          </text>
        )}
      </g>
    )
  },
)
