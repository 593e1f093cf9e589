import { type CSSProperties, memo, useMemo } from 'react'
import type { EdgeLook } from './edge-look.ts'
import { edgePath } from './edge-path.ts'
import type { EdgeShape } from './edge-shape.ts'
import type { GraphEdge } from './to-graph.ts'

type Props = EdgeLook & {
  link: GraphEdge
  shape: EdgeShape
  /** The condition in few words, at one edge of each step that has one. */
  label: string | null
  isDimmed: boolean
  onHover: (id: string | null) => void
}

/** A dependency as an element, which tells more when it is pointed at. */
export const PlanEdge = memo(
  ({ link, shape, label, ink, width, dash, isMarching, isDimmed, onHover }: Props) => {
    const path = useMemo(() => edgePath(shape.from, shape.way, shape.to), [shape])
    const style: CSSProperties = {
      stroke: `var(--${ink})`,
      strokeWidth: width,
      strokeDasharray: dash.join(' '),
    }
    return (
      <g
        className="plan-edge"
        data-conditional={link.isConditional === true}
        data-critical={link.isCritical === true}
        data-marching={isMarching}
        data-dimmed={isDimmed}
        style={style}
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
